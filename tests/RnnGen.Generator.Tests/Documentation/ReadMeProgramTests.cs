using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>The README's program prints what the README says, and the README fits on a page.</summary>
public sealed partial class ReadMeProgramTests
{
    private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.NonPublic;

    private static readonly string ReadMe = Pages.Read("README.md");

    [Fact]
    public async Task It_prints_what_stands_there()
    {
        var setup = new GeneratorSetup { Optimization = OptimizationLevel.Release, Others = [MetadataReference.CreateFromFile(typeof(Console).Assembly.Location)] };
        string folder = Directory.CreateTempSubdirectory().FullName;
        string source = PageCode.Of("README", ReadMe).Source
            .Replace("Console.WriteLine", "Printed.Add", StringComparison.Ordinal)
            .Replace("\"waves.safetensors\"", $"@\"{Path.Combine(folder, "waves.safetensors")}\"", StringComparison.Ordinal)
            .Replace("class Program\n{", "class Program\n{\n    private static readonly List<string> Printed = [];", StringComparison.Ordinal);
        using var image = new MemoryStream();
        Assert.Empty(GeneratorRun.Generate(setup, source).Emit(image).Diagnostics.Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error));
        image.Position = 0;
        Type program = new AssemblyLoadContext("README", isCollectible: true).LoadFromStream(image).GetTypes().Single(type => type.Name == "Program");
        try
        {
            await (Task)program.GetMethod("Main", Hidden)!.Invoke(null, [Array.Empty<string>()])!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        var printed = (List<string>)program.GetField("Printed", Hidden)!.GetValue(null)!;
        string[] shown = Printed().Match(ReadMe).Groups[1].Value.TrimEnd('\n').Split('\n');
        Assert.Equal(shown.Select(Words), printed.Select(Words));
        Assert.All(printed, line => Assert.InRange(double.Parse(Number().Match(line).Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), 95, 100));
    }

    [Fact]
    public void It_is_short()
    {
        string[] lines = ReadMe.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 1, 150);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 120));
    }

    // The last digits depend on the instruction set.
    private static string Words(string line) => Number().Replace(line, "#");

    [GeneratedRegex("run -c Release` prints\n\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Printed();

    [GeneratedRegex(@"(\d+(?:\.\d+)?) ?%")]
    private static partial Regex Number();
}
