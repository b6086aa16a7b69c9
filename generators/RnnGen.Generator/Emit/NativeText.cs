using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Runtime;

namespace RnnGen.Generator.Emit;

/// <summary>The phrases of C that header and loader share.</summary>
internal static class NativeText
{
    private const int LineWidth = 100;

    /// <summary>A file of C as a file of C# that is nothing but comments; the build writes it out, under its name.</summary>
    public static string File(string name, string text) =>
        $"// rnngen-file: {name}\n" + string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "//|\n" : $"//| {line}\n"));

    /// <summary>What macros begin with: the prefix in capitals.</summary>
    public static string Macro(NativePlan plan) => plan.Prefix.ToUpperInvariant();

    /// <summary>A code.</summary>
    public static string Code(NativePlan plan, NativeStatus status) =>
        $"{Macro(plan)}_{(status == NativeStatus.InputOutput ? "IO" : Names.Snake(status.ToString()).ToUpperInvariant())}";

    /// <summary>The macro of a size, called like the function that returns it.</summary>
    public static string Size(NativePlan plan, NativeOperation size) => $"{Macro(plan)}_{NativeNames.Of(size).ToUpperInvariant()}";

    /// <summary>The name of an operation's function.</summary>
    public static string Name(NativePlan plan, NativeOperation operation) => $"{plan.Prefix}_{NativeNames.Of(operation)}";

    /// <summary>What a function returns.</summary>
    public static string Result(NativeFunction function) => function.ReturnsCode ? "int" : "size_t";

    /// <summary>A function's parameters with their types.</summary>
    public static string Parameters(NativePlan plan, NativeFunction function) =>
        function.Parameters.Count == 0 ? "void" : string.Join(", ", function.Parameters.Select(parameter => Type(plan, parameter.Type) + parameter.Name));

    /// <summary>A function's name and parameters behind <paramref name="head"/>, on a second line where one does not hold them.</summary>
    public static string Signature(string head, NativePlan plan, NativeFunction function, string end)
    {
        string name = Name(plan, function.Operation), parameters = $"{Parameters(plan, function)}){end}", line = $"{head} {name}({parameters}";
        return line.Length <= LineWidth ? line : $"{head} {name}(\n    {parameters}";
    }

    /// <summary>A type as it stands before a parameter's name.</summary>
    private static string Type(NativePlan plan, NativeType type) => type switch
    {
        NativeType.Network => $"{plan.Prefix} *",
        NativeType.NetworkAddress => $"{plan.Prefix} **",
        NativeType.Bytes => "const void *",
        NativeType.Text => "const char *",
        NativeType.TextBuffer => "char *",
        NativeType.Class => "int ",
        NativeType.Classes => "const int *",
        NativeType.Floats => "const float *",
        NativeType.FloatBuffer => "float *",
        NativeType.Length => "size_t ",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
