using RnnGen.Tests.Graphs;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A convolution that sees frames from before and after a step, with zeros outside of each sequence.</summary>
[Trait("Category", "Numerics")]
public sealed class CentredConvolutionTests
{
    private const int In = CentredConvolution.InputSize;
    private const int Out = CentredConvolution.OutputSize;

    private static readonly int[] Lengths = [11, 1, 4, 8, 2];

    [Theory]
    [InlineData(Padding.Trailing)]
    [InlineData(Padding.Leading)]
    public void A_batch_has_for_each_sequence_what_the_sequence_has_alone(Padding padding)
    {
        using var network = new CentredConvolution(seed: 1);
        Check(network, padding, taps: 3, dilation: 1, before: 1);
    }

    /// <summary>(4 − 1) · 3 zeros in all: 4 before the sequence, 5 behind it.</summary>
    [Theory]
    [InlineData(Padding.Trailing)]
    [InlineData(Padding.Leading)]
    public void The_zero_that_is_left_over_is_behind_the_sequence(Padding padding)
    {
        using var network = new EvenConvolution(seed: 1);
        Check(network, padding, taps: 4, dilation: 3, before: 4);
    }

    [Fact]
    public void A_sequence_knows_nothing_of_what_ran_before_it()
    {
        using var network = new CentredConvolution(seed: 1);
        Assert.Equal(0, CentredConvolution.StateSize);
        float[] frames = Numbers.Draw(1, 6 * In), first = new float[6 * Out], second = new float[6 * Out];
        network.Run(frames, first);
        network.Run(Numbers.Draw(2, 9 * In), new float[9 * Out]);
        network.Run(frames, second);
        Numbers.AssertSameBits(first, second);
    }

    [Fact]
    public void It_has_no_steps() => Assert.Equal(
        "The network 'CentredConvolution' cannot run step by step, because its layer 'conv1d0' needs later steps; use Run, or Direction.Forward and ConvPadding.Causal",
        Assert.Throws<NotSupportedException>(Step<CentredConvolution>).Message);

    [Fact]
    public void It_is_not_truncated()
    {
        using var network = new CentredConvolution(seed: 1);
        string message = Assert.Throws<ArgumentException>(() => new Trainer<CentredConvolution>(
            network, new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.MeanSquaredError, TruncateEvery = 5 })).Message;
        Assert.StartsWith("TruncateEvery: expected null, got 5: CentredConvolution needs later steps in conv1d0", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, MaskShape.None)]
    [InlineData(6, 3, MaskShape.Gaps)]
    public void Classes_reach_it_through_an_embedding(int steps, int batchSize, MaskShape shape)
    {
        using var network = new ConvolutionOfClasses(seed: 1);
        SequenceBatch batch = Batches.DrawClasses(1, steps, batchSize, ConvolutionOfClasses.InputSize, shape);
        using Tape<ConvolutionOfClasses> tape = ConvolutionOfClasses.CreateTape(steps, batchSize);
        network.Forward(tape, batch);
        float[] outputGradients = [.. Numbers.Draw(3, tape.Outputs.Length).Select(value => value + 0.5f)];
        network.Backward(tape, outputGradients);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(batch, tape.InitialState, outputGradients, tape.FinalStateGradients);
        Closeness.Check("centred convolution", "outputs of classes", expected.Outputs, tape.Outputs, Closeness.Forward);
        foreach (Gradient gradient in tape.Gradients)
            Closeness.Check("centred convolution", gradient.Name, expected.Gradients[gradient.Name], gradient.ToArray(), Closeness.Gradient);
        float[] outputs = new float[tape.Outputs.Length];
        network.Run(batch, outputs);
        Numbers.AssertSameBits(tape.Outputs, outputs);
    }

    private static void Step<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(seed: 1);
        network.Step(new float[TNetwork.InputSize], new float[TNetwork.OutputSize]);
    }

    /// <summary>Plain loops over each sequence, and the bits of a batch, a tape and each sequence by itself.</summary>
    private static void Check<TNetwork>(TNetwork network, Padding padding, int taps, int dilation, int before)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[][] sequences = [.. Lengths.Select((length, index) => Numbers.Draw(index + 1, length * In))];
        var batch = SequenceBatch.Pad(sequences, In, padding);
        float[] outputs = new float[batch.Steps * sequences.Length * Out];
        network.Run(batch, outputs);
        using Tape<TNetwork> tape = TNetwork.CreateTape(batch.Steps, sequences.Length);
        network.Forward(tape, batch);
        Numbers.AssertSameBits(outputs, tape.Outputs);

        float[] weight = network.Parameters["conv1d0.weight"].ToArray(), bias = network.Parameters["conv1d0.bias"].ToArray();
        for (int sequence = 0; sequence < sequences.Length; sequence++)
        {
            int length = Lengths[sequence], first = padding == Padding.Leading ? batch.Steps - length : 0;
            double[] expected = new double[length * Out];
            for (int i = 0; i < expected.Length; i++)
            {
                (int step, int unit) = (i / Out, i % Out);
                expected[i] = bias[unit];
                for (int tap = 0; tap < taps; tap++)
                {
                    int from = step - before + (tap * dilation);
                    for (int channel = 0; from >= 0 && from < length && channel < In; channel++)
                        expected[i] += (double)weight[(((unit * In) + channel) * taps) + tap] * sequences[sequence][(from * In) + channel];
                }
            }

            float[] alone = new float[expected.Length];
            network.Predict(sequences[sequence], alone);
            Closeness.Check("centred convolution", $"sequence {sequence}", expected, alone, Closeness.Forward);
            for (int step = 0; step < length; step++)
                Numbers.AssertSameBits(
                    alone.AsSpan(step * Out, Out), outputs.AsSpan((((first + step) * sequences.Length) + sequence) * Out, Out));
        }
    }
}

public sealed class CentredConvolutionPassTests : WholeSequenceTests<CentredConvolution>;

public sealed class EvenConvolutionPassTests : WholeSequenceTests<EvenConvolution>;

public sealed class ResettingCentredConvolutionPassTests : WholeSequenceTests<ResettingCentredConvolution>;

public sealed class StackedCentredConvolutionsPassTests : WholeSequenceTests<StackedCentredConvolutions>;
