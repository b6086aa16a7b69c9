using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// One line on standard error, once per process, where the kernels that run are not the best that the CPU could run: the fast path never vanishes silently.
/// </summary>
internal static class SimdNotice
{
    private static int s_isDone;

    /// <summary>Says it, if it has not been said and there is anything to say. Costs and allocates nothing where the best kernels run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteOnce()
    {
        if (Simd.Active != InstructionSet.Avx512 && s_isDone == 0 && Notice.IsWanted)
            Write();
    }

    /// <summary>The line, without its end.</summary>
    /// <param name="active">The kernels that run.</param>
    /// <param name="best">Those that could.</param>
    /// <param name="isCompiledAhead">Whether the choice was made when the program was published.</param>
    internal static string Text(InstructionSet active, InstructionSet best, bool isCompiledAhead)
    {
        string level = best == InstructionSet.Avx512 ? "x86-64-v4" : "x86-64-v3";
        string cure = isCompiledAhead
            ? $"publish it with the property RnnGenTarget set to {level}, or for several CPUs with RnnGenTargets"
            : "its environment or configuration turns instructions off (DOTNET_EnableAVX2, DOTNET_EnableAVX512, …)";
        return $"RnnGen: this program runs the {active} kernels, but this CPU could run the {best} ones: {cure}; {Notice.Variable}=0 hides this line.";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write()
    {
        if (Interlocked.Exchange(ref s_isDone, 1) == 0 && Simd.Active != Simd.Best && Notice.IsWantedHere)
            Notice.Write(Text(Simd.Active, Simd.Best, !RuntimeFeature.IsDynamicCodeSupported));
    }
}
