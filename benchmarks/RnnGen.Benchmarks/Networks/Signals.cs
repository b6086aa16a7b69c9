namespace RnnGen.Benchmarks.Networks;

/// <summary>What the networks are given.</summary>
internal static class Signals
{
    /// <summary>A made-up signal.</summary>
    public static float[] Wave(int length)
    {
        float[] signal = new float[length];
        for (int i = 0; i < length; i++)
            signal[i] = MathF.Sin(0.37f * i);
        return signal;
    }
}
