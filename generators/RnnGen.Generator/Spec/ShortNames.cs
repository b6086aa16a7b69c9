namespace RnnGen.Generator.Spec;

/// <summary>
/// The types of .NET and of the runtime that generated kernels call by their short names, for the sake of their readers: each file has an alias for those that
/// it uses. Where a short name has another meaning, the name is written in full. A test compares this table with what is generated.
/// </summary>
internal static class ShortNames
{
    /// <summary>The namespace of the types of vectors, which have a generic type beside the static class: no alias can stand for both.</summary>
    public const string Vectors = "System.Runtime.Intrinsics";

    private const string CompilerServices = "System.Runtime.CompilerServices";
    private const string Library = "RnnGen.Runtime";

    private static readonly Dictionary<string, string> FullNames = Table();

    /// <summary>All short names.</summary>
    public static IEnumerable<string> All => FullNames.Keys;

    /// <summary>The words of the language that a type may take from it. They need no alias.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["nint", "nuint", Inferred];

    /// <summary>The word for a type that the compiler infers; no name can be written in its place.</summary>
    public const string Inferred = "var";

    /// <summary>What a short name stands for, without <c>global::</c>; null for any other name.</summary>
    public static string? Find(string name) => FullNames.TryGetValue(name, out string full) ? full : null;

    private static Dictionary<string, string> Table()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["MethodImpl"] = CompilerServices + ".MethodImplAttribute",
            ["MethodImplOptions"] = CompilerServices + ".MethodImplOptions",
            ["Unsafe"] = CompilerServices + ".Unsafe",
            ["nint"] = "System.IntPtr",
            ["nuint"] = "System.UIntPtr",
        };
        foreach (string name in new[] { "Vector128", "Vector256", "Vector512" })
            names.Add(name, $"{Vectors}.{name}");
        foreach (string name in new[]
        {
            "BatchRows", "DropoutNoise", "FusedMath", "FusedNarrow128Of128", "FusedTiles128", "Int8Math", "Narrow128Of128", "Narrow256Of128", "Narrow256Of256",
            "Narrow512Of128", "Narrow512Of256", "NetworkLayout", "OutputActivation", "OutputHead", "PastFrames",
            "RowMaxima", "RowMeans", "RowSums", "RuntimeContract", "Scratch", "SequenceRows", "StateOrder", "StreamRows", "Strided", "SumShape", "SurroundingFrames", "SurroundingsShape", "TapeLayout", "TapeMemory", "TapePass",
            "TapeRows", "Tiles128", "Tiles256", "Tiles512", "TransposeShape", "TransposedWeights", "VectorMath", "WindowShape", "WorkShare",
        })
            names.Add(name, $"{Library}.{name}");
        return names;
    }
}
