using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>The phrases of C that header and loader share.</summary>
internal static class NativeText
{
    private const int LineWidth = 100;

    /// <summary>A file of C as a file of C# that is nothing but comments; the build writes it out, under its name.</summary>
    public static string File(string name, string text) =>
        $"// rnngen-file: {name}\n" + string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "//|\n" : $"//| {line}\n"));

    /// <summary>What a function returns.</summary>
    public static string Result(NativeFunction function) => function.ReturnsCode ? "int" : "size_t";

    /// <summary>A function's parameters with their types.</summary>
    public static string Parameters(NativeFunction function) =>
        function.Parameters.Count == 0 ? "void" : string.Join(", ", function.Parameters.Select(Declare));

    /// <summary>A function's name and parameters behind <paramref name="head"/>, on a second line where one does not hold them.</summary>
    public static string Signature(string head, NativeFunction function, string end)
    {
        string parameters = $"{Parameters(function)}){end}", line = $"{head} {function.Name}({parameters}";
        return line.Length <= LineWidth ? line : $"{head} {function.Name}(\n    {parameters}";
    }

    private static string Declare(NativeParameter parameter) =>
        parameter.Type.EndsWith("*", StringComparison.Ordinal) ? parameter.Type + parameter.Name : $"{parameter.Type} {parameter.Name}";
}
