using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Runtime;

/// <content>Where the constants of gates come from.</content>
public static partial class VectorMath
{
    // Places in the tables below: P(0) to P4, Q(0) to Q4, then these.
    private const int Bound = 10, Largest = 11, Smallest = 12;

    /// <summary>The constants of a gate's fraction.</summary>
    private interface IGateConstants<TVector>
        where TVector : struct
    {
        /// <summary>A constant, in all lanes.</summary>
        /// <param name="value">That of tanh.</param>
        /// <param name="place">Its place in the tables.</param>
        static abstract TVector Of(float value, int place);
    }

    /// <summary>The constants as they stand in the code: registers hold them, where there are thirty-two.</summary>
    private readonly struct Literals<TSimd, TVector> : IGateConstants<TVector>
        where TSimd : ISimd<TVector>
        where TVector : struct
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of(float value, int place) => TSimd.Create(value);
    }

    // Sixteen registers are too few for twelve constants and the values that are computed. The JIT would keep the constants and spill the values, and each spill
    // lengthens the chain of a step by a store and a load: constants that are broadcast from memory where they are used cost neither. The reads
    // are volatile so that the JIT leaves them there.

    /// <summary>The constants of tanh, in memory.</summary>
    private readonly struct TanhTable : IGateConstants<Vector256<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(float value, int place) => Broadcast(GateTables.Tanh + place);
    }

    /// <summary>
    /// The constants of tanh(x/2)/2, in memory: those of tanh times powers of two. Scaling by these is exact, so the result has the bits of
    /// <c>0.5f * GateTanh(0.5f * x)</c> without its two products.
    /// </summary>
    private readonly struct SigmoidTable : IGateConstants<Vector256<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(float value, int place) => Broadcast(GateTables.Sigmoid + place);
    }

    /// <summary>The constants of the fast tanh, in memory: P(0) to P2, Q(0) to Q2, the bounds.</summary>
    private readonly struct FastTanhTable : IGateConstants<Vector256<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(float value, int place) => Broadcast(GateTables.FastTanh + place);
    }

    /// <summary>Those of tanh(x/2)/2 for it, as in <see cref="SigmoidTable"/>.</summary>
    private readonly struct FastSigmoidTable : IGateConstants<Vector256<float>>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(float value, int place) => Broadcast(GateTables.FastSigmoid + place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Broadcast(int place) => Vector256.Create(Volatile.Read(ref Unsafe.Add(ref GateTables.First, place)));

    /// <summary>The tables, 64 bytes each.</summary>
    /// <remarks>
    /// The JIT's kernels read them from a pinned array, whose distance from the arenas is the same in every process. The library's image is mapped at another
    /// distance each time, and at some of them AMD's first cache took lines of both for the same: in one process of five a step was 12 to 28 % slower.
    /// </remarks>
    internal static class GateTables
    {
        public const int Tanh = 0, Sigmoid = 16, FastTanh = 32, FastSigmoid = 48;

        private static readonly float[] Pinned = Pin();

        public static ref float First
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref RuntimeFeature.IsDynamicCodeCompiled ? ref MemoryMarshal.GetArrayDataReference(Pinned) : ref MemoryMarshal.GetReference(Values);
        }

        private static ReadOnlySpan<float> Values =>
        [
            1f, P1, P2, P3, P4, 1f, Q1, Q2, Q3, Q4, LargestSquare, 1f, -1f, 0f, 0f, 0f,
            1f / 4, P1 / 16, P2 / 64, P3 / 256, P4 / 1024, 1f, Q1 / 4, Q2 / 16, Q3 / 64, Q4 / 256, 4 * LargestSquare, 0.5f, -0.5f, 0f, 0f, 0f,
            FastP0, FastP1, FastP2, FastQ0, FastQ1, FastQ2, FastBound, -FastBound, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f,
            16 * FastP0, 4 * FastP1, FastP2, 64 * FastQ0, 16 * FastQ1, 4 * FastQ2, 2 * FastBound, -2 * FastBound, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 0f,
        ];

        /// <summary>Makes the array before a kernel is compiled that reads it: the JIT then knows where it is.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        public static void Prepare()
        {
            if (RuntimeFeature.IsDynamicCodeCompiled)
            {
                _ = Pinned.Length;
            }
        }

        private static float[] Pin()
        {
            float[] pinned = GC.AllocateUninitializedArray<float>(Values.Length, pinned: true);
            Values.CopyTo(pinned);
            return pinned;
        }
    }
}
