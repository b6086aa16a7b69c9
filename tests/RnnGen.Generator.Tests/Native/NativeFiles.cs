using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Native;

/// <summary>The files of C of an exported network, as the build writes them out.</summary>
internal static class NativeFiles
{
    private const string FirstLine = "// rnngen-file: ";
    private const string Line = "//|";

    /// <summary>The files by name, of a network with the prefix <c>net</c>.</summary>
    public static Dictionary<string, string> Of(string attributes) =>
        Of(GeneratorRun.Of($"using RnnGen; {attributes} [NativeExport(\"net\")] public sealed partial class Net;").AssertCompiles());

    /// <summary>The files by name.</summary>
    public static Dictionary<string, string> Of(GeneratorRun run) => run.Sources
        .Where(source => source.Name.EndsWith(".native.g.cs", StringComparison.Ordinal))
        .Select(source => Unwrap(source.Source.TrimEnd('\n').Split('\n')))
        .ToDictionary();

    /// <summary>Writes the files into a folder.</summary>
    public static void WriteTo(string folder, Dictionary<string, string> files)
    {
        foreach (var (name, text) in files)
            File.WriteAllText(Path.Combine(folder, name), text);
    }

    private static KeyValuePair<string, string> Unwrap(string[] lines)
    {
        Assert.StartsWith(FirstLine, lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..], line => Assert.True(line == Line || line.StartsWith(Line + " ", StringComparison.Ordinal), $"'{line}' is no line of C."));
        var text = lines[1..].Select(line => line == Line ? "\n" : line[(Line.Length + 1)..] + "\n");
        return new(lines[0][FirstLine.Length..], string.Concat(text));
    }
}
