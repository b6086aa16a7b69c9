using RnnGen.Benchmarks.Peers;
using RnnGen.Latency;

namespace RnnGen.Benchmarks.Networks;

/// <summary>A generated network as the tables see it, whichever class it is.</summary>
internal abstract class Subject : IDisposable
{
    /// <summary><c>INetwork.Step</c>. A delegate costs less than a call that must find the method of a generic interface.</summary>
    public delegate void StepCode(ReadOnlySpan<float> input, Span<float> output);

    public abstract int InputSize { get; }

    /// <summary>The weights, for code that computes the same.</summary>
    public abstract CellWeights Weights { get; }

    /// <summary>Floating-point operations of the matrix products of one step of one stream: two a weight.</summary>
    public abstract double StepFlops { get; }

    /// <summary>Those among them that multiply the network's input.</summary>
    public abstract double InputFlops { get; }

    /// <summary>Bytes of packed weights that a step reads.</summary>
    public abstract double WeightBytes { get; }

    public abstract StepCode Step { get; }

    public abstract void Reset();

    public abstract void Run(float[] input, float[] output);

    public abstract void Run(SequenceBatch batch, float[] output);

    /// <summary>Training on full-length sequences.</summary>
    public abstract TrainingSubject Train(int steps, int batchSize, int threads = 1);

    public abstract void Dispose();
}

/// <inheritdoc/>
internal sealed class Subject<TNetwork> : Subject
    where TNetwork : class, INetwork<TNetwork>
{
    private static readonly StepWork Work = StepWork.Of<TNetwork>();

    private readonly TNetwork _network = TNetwork.Create(1);

    public Subject() => Step = _network.Step;

    public override int InputSize => TNetwork.InputSize;

    public override CellWeights Weights => CellWeights.Of(_network.Parameters);

    public override double StepFlops => 2.0 * Work.MultiplyAdds;

    public override double InputFlops => 2.0 * TNetwork.Layout.Parameters[0].Shape[0] * TNetwork.InputSize;

    public override double WeightBytes => Work.WeightBytes;

    public override StepCode Step { get; }

    public override void Reset() => _network.Reset();

    public override void Run(float[] input, float[] output) => _network.Run(input, output);

    public override void Run(SequenceBatch batch, float[] output) => _network.Run(batch, output);

    public override TrainingSubject Train(int steps, int batchSize, int threads = 1) =>
        new TrainingSubject<TNetwork>(_network, steps, batchSize, threads);

    public override void Dispose() => _network.Dispose();
}
