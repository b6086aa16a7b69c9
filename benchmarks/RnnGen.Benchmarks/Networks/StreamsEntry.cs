using RnnGen.Latency;

namespace RnnGen.Benchmarks.Networks;

/// <summary>A row of the table of streams. Each network's streams have a type of their own, so that their step is not part of <c>INetwork</c>.</summary>
/// <param name="Name">As in <see cref="NetworkEntry"/>.</param>
/// <param name="StepFlops">Floating-point operations of the matrix products of one step of one stream.</param>
/// <param name="Create">Makes the code that takes one step of so many streams on so many threads.</param>
internal sealed record StreamsEntry(string Name, double StepFlops, Func<int, int, Action> Create)
{
    /// <summary>The network's step of many streams.</summary>
    public delegate void StepCode<TNetwork, TState>(TNetwork network, Span<TState> streams, ReadOnlySpan<float> input, Span<float> output);

    public static StreamsEntry Of<TNetwork, TState>(StepCode<TNetwork, TState> step)
        where TNetwork : class, INetwork<TNetwork>
        where TState : struct =>
        new(NetworkEntry.NameOf<TNetwork>(), 2.0 * StepWork.Of<TNetwork>().MultiplyAdds, (streams, threads) => Code(step, streams, threads));

    private static Action Code<TNetwork, TState>(StepCode<TNetwork, TState> step, int streams, int threads)
        where TNetwork : class, INetwork<TNetwork>
        where TState : struct
    {
        var network = TNetwork.Create(1);
        network.Memory.Threads = threads;
        var states = new TState[streams];
        float[] input = Signals.Wave(streams * TNetwork.InputSize), output = new float[streams * TNetwork.OutputSize];
        return () => step(network, states, input, output);
    }
}
