using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emit;

/// <summary>The phrases that public members are made of: no using is in scope where they are printed.</summary>
internal static class SurfaceText
{
    /// <summary>The namespace of what only generated code calls.</summary>
    public const string InRuntime = "global::RnnGen.Runtime.";
    public const string Floats = "global::System.Span<float>";
    public const string ReadOnlyFloats = "global::System.ReadOnlySpan<float>";
    public const string Batch = "global::RnnGen.SequenceBatch";
    public const string Reference = "global::System.Runtime.InteropServices.MemoryMarshal.GetReference";
    public const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";

    /// <summary>Compiled fully at the first call, like the kernels: tiering would have real-time users wait for its second thoughts.</summary>
    public const string Optimized =
        "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]";

    /// <summary>The class's name, for messages.</summary>
    public static string NameOf(NetworkPlan plan) => plan.Spec.ClassName.TrimStart('@');
}
