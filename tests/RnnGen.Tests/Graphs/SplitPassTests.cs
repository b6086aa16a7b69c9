using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>Values that several layers read, and threads that share a pass.</summary>
public sealed class SplitPassTests
{
    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using var network = new DenselyConnected(seed: 1);
        SequenceBatch batch = Batches.Draw(1, 9, 24, DenselyConnected.InputSize, MaskShape.Gaps);
        (float[] outputs, float[] gradients) = Pass(network, batch, threads: 1);
        (float[] others, float[] otherGradients) = Pass(network, batch, threads: 3);
        Numbers.AssertSameBits(outputs, others);
        Numbers.AssertSameBits(gradients, otherGradients);
    }

    private static (float[] Outputs, float[] Gradients) Pass(DenselyConnected network, SequenceBatch batch, int threads)
    {
        using Tape<DenselyConnected> tape = DenselyConnected.CreateTape(batch.Steps, batch.BatchSize);
        tape.Threads = threads;
        network.Forward(tape, batch);
        network.Backward(tape, Numbers.Draw(3, tape.Outputs.Length));
        return (tape.Outputs.ToArray(), tape.PackedGradients.ToArray());
    }
}
