using System.Runtime.CompilerServices;

namespace RnnGen.Latency;

/// <summary>
/// One chain of integer additions, a cycle each on every core of today. Each adds a register that the one before wrote, so that neither the JIT nor a core
/// that adds constants for nothing can shorten it.
/// </summary>
internal static class CycleProbe
{
    private const int Turns = 10_000;
    private const int Additions = 16;

    private static long _sink;

    /// <summary>Cycles of one <see cref="Run"/>.</summary>
    public static double Cycles => (double)Turns * Additions;

    public static void Run() => _sink += Add();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Add()
    {
        long a = 1, b = 1;
        for (int turn = 0; turn < Turns; turn++)
        {
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
            a += b;
            b += a;
        }

        return a + b;
    }
}
