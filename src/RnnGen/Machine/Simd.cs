using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen;

/// <summary>A family of vector instructions for which a network has kernels of its own.</summary>
public enum InstructionSet
{
    /// <summary>128-bit vectors through the portable API: NEON, SSE, or scalar code where neither is on.</summary>
    Portable,

    /// <summary>AVX2 with fused multiply-add, 256-bit vectors.</summary>
    Avx2,

    /// <summary>AVX-512 (F, BW, DQ, VL), 512-bit vectors.</summary>
    Avx512,
}

/// <summary>
/// Which kernels this process runs. The properties are constants to the JIT and to NativeAOT, so a generated network's choice between its kernels costs
/// nothing.
/// </summary>
public static class Simd
{
    /// <summary>Whether the AVX-512 kernels run. False on CPUs that slow their clock for 512-bit vectors: .NET does not count those as accelerated.</summary>
    public static bool HasAvx512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported && Avx512DQ.IsSupported;

    /// <summary>Whether the CPU and the runtime offer AVX2 and FMA.</summary>
    public static bool HasAvx2 => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>The instruction set whose kernels run in this process.</summary>
    public static InstructionSet Active => HasAvx512 ? InstructionSet.Avx512 : HasAvx2 ? InstructionSet.Avx2 : InstructionSet.Portable;

    /// <summary>
    /// The instruction set whose kernels would run if nothing but the CPU and its operating system decided: <see cref="Active"/>, or a better one that was not
    /// compiled in (NativeAOT without <c>RnnGenTarget</c>) or is turned off (<c>DOTNET_EnableAVX2=0</c>). A JIT with everything on runs the best; one whose
    /// instructions are all off (<c>DOTNET_EnableHWIntrinsic=0</c>) cannot ask the CPU, and has <see cref="Active"/> here.
    /// </summary>
    public static InstructionSet Best => HasAvx512 ? InstructionSet.Avx512 : BestOfCpu.Value;

    // A class of its own, so that the properties above stay constants.
    private static class BestOfCpu
    {
        public static readonly InstructionSet Value = (InstructionSet)Math.Max((int)Active, (int)Cpu.Read().Best);
    }
}
