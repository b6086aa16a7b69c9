using RnnGen.Benchmarks.Networks;
using RnnGen.Benchmarks.Peers;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>A generated network, a hand-written cell with the same weights, and their input.</summary>
internal sealed class StepPair<TNetwork>
    where TNetwork : class, INetwork<TNetwork>
{
    public StepPair() => Cell = TensorCell.Of(Network);

    public TNetwork Network { get; } = TNetwork.Create(1);

    public TensorCell Cell { get; }

    public float[] Input { get; } = Work.Signal(TNetwork.InputSize);

    public float[] Output { get; } = new float[TNetwork.OutputSize];
}
