using System.Diagnostics;

namespace RnnGen.Benchmarks.Cells;

/// <summary>The time of a step of one stream, through <c>Run</c> in blocks of 128.</summary>
internal static class StepTime
{
    private const int Block = 128;
    private const int Rounds = 400;

    /// <summary>Nanoseconds a step: the median of many blocks, after some that do not count.</summary>
    public static double Of<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        var random = new Random(1);
        float[] frames = [.. Enumerable.Range(0, Block * TNetwork.InputSize).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        float[] outputs = new float[Block * TNetwork.OutputSize];
        var times = new double[Rounds];
        for (int round = -Rounds; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            network.Run(frames, outputs);
            if (round >= 0)
                times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / Block;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
