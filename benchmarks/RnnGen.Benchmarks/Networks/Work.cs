using RnnGen.Latency;

namespace RnnGen.Benchmarks.Networks;

/// <summary>What a network has to do, whatever code does it.</summary>
internal static class Work
{
    /// <summary>Floating-point operations of the matrix products of one step of one stream: two a weight.</summary>
    public static double StepFlops<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => 2.0 * StepWork.Of<TNetwork>().MultiplyAdds;

    /// <summary>
    /// Floating-point operations of the matrix products of forward and backward over so many steps: forward, the gradient of what was multiplied, and the gradient
    /// of the weights take the same number.
    /// </summary>
    public static double TrainingFlops<TNetwork>(int rows)
        where TNetwork : class, INetwork<TNetwork> => 3 * rows * StepFlops<TNetwork>();

    /// <summary>Bytes of packed weights that a step reads.</summary>
    public static double WeightBytes<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => StepWork.Of<TNetwork>().WeightBytes;

    /// <summary>A made-up signal.</summary>
    public static float[] Signal(int length)
    {
        float[] signal = new float[length];
        for (int i = 0; i < length; i++)
            signal[i] = MathF.Sin(0.37f * i);
        return signal;
    }

    /// <summary>A batch of full-length sequences.</summary>
    public static SequenceBatch Batch(int steps, int batchSize, int features) =>
        SequenceBatch.FromTimeMajor(Signal(steps * batchSize * features), steps, batchSize, features);
}
