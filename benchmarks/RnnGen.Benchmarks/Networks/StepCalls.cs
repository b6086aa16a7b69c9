namespace RnnGen.Benchmarks.Networks;

/// <summary>Steps as something to be timed.</summary>
internal static class StepCalls
{
    /// <summary>A step of a network, always on the same frame.</summary>
    public static Action Of<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = Signals.Wave(TNetwork.InputSize), output = new float[TNetwork.OutputSize];
        return () => network.Step(input, output);
    }
}
