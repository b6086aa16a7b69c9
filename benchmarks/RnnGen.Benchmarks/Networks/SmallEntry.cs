namespace RnnGen.Benchmarks.Networks;

/// <summary>A row of the table of small networks.</summary>
/// <param name="Name">Cell and units; one input and one output unless it says more.</param>
/// <param name="Runs">A run of <see cref="Samples"/> samples, as the network is and with the options that the table compares; null where a row has none.</param>
/// <param name="ShortRun">A run of <see cref="FewSamples"/> samples.</param>
/// <param name="Step">A step.</param>
internal sealed record SmallEntry(string Name, IReadOnlyList<Action?> Runs, Action ShortRun, Action Step)
{
    /// <summary>Samples of a block, as audio hosts ask for them.</summary>
    public const int Samples = 128;

    /// <summary>Samples of a short block.</summary>
    public const int FewSamples = 16;

    public static SmallEntry Of<TNetwork>(string name)
        where TNetwork : class, INetwork<TNetwork>
    {
        var network = TNetwork.Create(1);
        return new SmallEntry(name, [RunOf(network, Samples), null, null], RunOf(network, FewSamples), StepCalls.Of(network));
    }

    public static SmallEntry Of<TNetwork, TSame, TFast>(string name)
        where TNetwork : class, INetwork<TNetwork>
        where TSame : class, INetwork<TSame>
        where TFast : class, INetwork<TFast>
    {
        var plain = Of<TNetwork>(name);
        return plain with { Runs = [plain.Runs[0], RunOf(TSame.Create(1), Samples), RunOf(TFast.Create(1), Samples)] };
    }

    private static Action RunOf<TNetwork>(TNetwork network, int samples)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = Signals.Wave(samples * TNetwork.InputSize), output = new float[samples * TNetwork.OutputSize];
        return () => network.Run(input, output);
    }
}
