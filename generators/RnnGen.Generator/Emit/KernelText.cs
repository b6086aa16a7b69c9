using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>The phrases that kernels are made of.</summary>
internal static class KernelText
{
    /// <summary>
    /// Compiled fully at the first call: a real-time user must not meet the slow code that tiering starts with. And by itself: the JIT inlines a kernel that
    /// looks short because its loops are in methods that it calls, and a caller's loop around them takes registers from their sums.
    /// </summary>
    public const string Optimized = "[MethodImpl(Optimized)]";

    public const string Inlined = "[MethodImpl(Inlined)]";

    /// <summary>The words that types of generated code have for what they say often: <see cref="At"/> and the two above.</summary>
    public static readonly string[] Words =
    [
        "private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;",
        "private const MethodImplOptions Inlined = MethodImplOptions.AggressiveInlining;",
        "",
        Inlined,
        "private static ref float At(ref float first, nint start) => ref Unsafe.Add(ref first, start);",
    ];

    /// <summary>A number; files of this folder that print many take it by its bare name.</summary>
    public static string N(long value) => Names.Number(value);

    /// <summary>The documentation of a kernel that the interface of kernels describes.</summary>
    public const string Described = "/// <inheritdoc/>";

    public static string Summary(string text) => $"/// <summary>{text}</summary>";

    /// <summary>a + b, without zeros.</summary>
    public static string Sum(params string[] terms)
    {
        var present = terms.Where(term => term is not "0" and not "").ToList();
        return present.Count == 0 ? "0" : string.Join(" + ", present);
    }

    /// <summary>a * stride, as short as it can be said.</summary>
    public static string Times(string count, Size stride) => stride.Value switch
    {
        0 => "0",
        1 => count,
        _ => count == "0" ? "0" : $"{count} * {stride.Factor}",
    };

    /// <summary>The lines that declare a kernel's own constants.</summary>
    public static IEnumerable<string> Constants(IReadOnlyList<ConstantPlan> constants) => constants.Count == 0
        ? []
        : [$"const int {string.Join(", ", constants.Select(constant => $"{constant.Name} = {constant.Value.Text}"))};"];

    /// <summary>Offsets a reference by a number of floats.</summary>
    public static string At(string reference, string offset) => offset == "0" ? $"ref {reference}" : $"ref At(ref {reference}, {offset})";

    /// <summary>An argument for rows, or columns, of floats: from a reference on, at a stride.</summary>
    public static string Strided(string reference, string offset, Size stride) => $"new({At(reference, offset)}{(stride == 0 ? "" : ", " + stride.Text)})";

    /// <summary>The vector at a reference.</summary>
    public static string Load(string vector, string reference, string offset) =>
        offset == "0" ? $"{vector}.LoadUnsafe(ref {reference})" : $"{vector}.LoadUnsafe(ref {reference}, {offset})";

    /// <summary>Writes a vector to a reference. No call of an extension: another of that name might be nearer.</summary>
    public static string Store(string vector, string value, string reference, string offset) =>
        offset == "0" ? $"{vector}.StoreUnsafe({value}, ref {reference});" : $"{vector}.StoreUnsafe({value}, ref {reference}, {offset});";

    public static string Row(string pointer) => LocalName.Of(pointer, "Row");

    public static string Rows(string pointer) => LocalName.Of(pointer, "Rows");

    /// <summary>The local for a row of many.</summary>
    public static string RowOf(string pointer, Size stride) => $"ref float {Row(pointer)} = {At(Rows(pointer), Times("row", stride))};";
}
