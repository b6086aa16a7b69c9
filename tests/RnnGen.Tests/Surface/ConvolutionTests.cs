using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A causal convolution, frame by frame and whole.</summary>
[Trait("Category", "Numerics")]
public sealed class ConvolutionTests
{
    private const int In = DilatedConvolution.InputSize;
    private const int Out = DilatedConvolution.OutputSize;
    private const int Taps = 3;
    private const int Dilation = 2;
    private const int Past = (Taps - 1) * Dilation;
    private const int Steps = 11;
    private static readonly float[] Frames = Numbers.Draw(1, Steps * In);

    [Fact]
    public void Steps_runs_and_batches_are_the_sum_over_the_past()
    {
        using var network = new DilatedConvolution(seed: 1);
        Assert.Equal([Out, In, Taps], network.Parameters["conv1d0.weight"].Shape);
        float[] weight = network.Parameters["conv1d0.weight"].ToArray();
        float[] bias = network.Parameters["conv1d0.bias"].ToArray();
        double[] expected = new double[Steps * Out];
        for (int i = 0; i < expected.Length; i++)
        {
            (int step, int unit) = (i / Out, i % Out);
            expected[i] = bias[unit];
            for (int tap = 0; tap < Taps; tap++)
            {
                int from = step - (Taps - 1 - tap) * Dilation;
                for (int channel = 0; from >= 0 && channel < In; channel++)
                    expected[i] += (double)weight[(unit * In + channel) * Taps + tap] * Frames[from * In + channel];
            }
        }

        float[] run = new float[expected.Length];
        network.Run(Frames, run);
        Closeness.Check("convolution", "run", expected, run, Closeness.Forward);
        network.Reset();
        float[] actual = new float[expected.Length];
        for (int step = 0; step < Steps; step++)
            network.Step(Frames.AsSpan(step * In, In), actual.AsSpan(step * Out, Out));
        Numbers.AssertSameBits(run, actual);
        network.Run(SequenceBatch.FromTimeMajor(Frames, Steps, 1, In), actual);
        Numbers.AssertSameBits(run, actual);
        using Tape<DilatedConvolution> tape = DilatedConvolution.CreateTape(Steps, 1);
        network.Forward(tape, SequenceBatch.FromTimeMajor(Frames, Steps, 1, In));
        Numbers.AssertSameBits(run, tape.Outputs);
    }

    /// <summary>Each batch starts with no past of its own, whatever ran before it: a stream, another batch, other sequences of the same one.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(7, 17)]
    [InlineData(66, 1)]
    public void A_batch_sees_nothing_of_what_ran_before_it(int steps, int batchSize)
    {
        using var network = new DilatedConvolution(seed: 1);
        SequenceBatch batch = Batches.Draw(2, steps, batchSize, In, MaskShape.Gaps);
        float[] expected = new float[steps * batchSize * Out];
        network.Run(batch, expected);

        network.Run(Frames, new float[Steps * Out]);
        network.Run(Batches.Draw(3, 9, 33, In, MaskShape.None), new float[9 * 33 * Out]);
        float[] actual = new float[expected.Length];
        network.Run(batch, actual);
        Numbers.AssertSameBits(expected, actual);

        using Tape<DilatedConvolution> tape = DilatedConvolution.CreateTape(Math.Max(steps, 9), 33);
        network.Forward(tape, Batches.Draw(3, 9, 33, In, MaskShape.None));
        network.Forward(tape, batch);
        Numbers.AssertSameBits(expected, tape.Outputs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void The_state_is_the_past_the_oldest_frame_first_and_steps_go_on_after_runs(int cut)
    {
        using var network = new DilatedConvolution(seed: 1);
        Assert.Equal(Past * In, DilatedConvolution.StateSize);
        float[] expected = new float[Steps * Out];
        network.Run(Frames, expected);
        network.Reset();
        float[] actual = new float[Steps * Out];
        network.Run(Frames.AsSpan(0, cut * In), actual.AsSpan(0, cut * Out));
        AssertPast(network, cut);
        for (int step = cut; step < Steps; step++)
        {
            network.Step(Frames.AsSpan(step * In, In), actual.AsSpan(step * Out, Out));
            AssertPast(network, step + 1);
        }

        Numbers.AssertSameBits(expected, actual);

        // The same past by hand.
        network.SetState(PastOf(cut));
        network.Run(Frames.AsSpan(cut * In), actual.AsSpan(cut * Out));
        Numbers.AssertSameBits(expected, actual);
    }

    /// <summary>A tape may begin in the middle of sequences: at a masked step the past that it was given ends as well, on the way there and back.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(6, 5)]
    [InlineData(9, 17)]
    public void A_masked_step_that_resets_clears_the_past_that_a_tape_was_given(int steps, int batchSize)
    {
        using var network = new ResettingConvolution(seed: 1);
        SequenceBatch batch = Batches.Draw(6, steps, batchSize, In, MaskShape.Gaps);
        using Tape<ResettingConvolution> tape = ResettingConvolution.CreateTape(steps, batchSize);
        Numbers.Draw(1, tape.InitialState.Length).CopyTo(tape.InitialState);
        Numbers.Draw(2, tape.FinalStateGradients.Length).CopyTo(tape.FinalStateGradients);
        network.Forward(tape, batch);
        float[] outputGradients = Numbers.Draw(3, tape.Outputs.Length);
        network.Backward(tape, outputGradients);
        ReferenceResult expected = ReferenceNetwork.Of(network).Run(batch, tape.InitialState, outputGradients, tape.FinalStateGradients);
        Closeness.Check("convolution", "outputs", expected.Outputs, tape.Outputs, Closeness.Forward);
        Closeness.Check("convolution", "past", expected.FinalState, tape.FinalState, Closeness.Forward);
        Closeness.Check("convolution", "gradients of the past", expected.InitialStateGradients, tape.InitialStateGradients, Closeness.Gradient);
        Closeness.Check("convolution", "gradients of frames", expected.InputGradients, tape.InputGradients, Closeness.Gradient);
        foreach (Gradient gradient in tape.Gradients)
            Closeness.Check("convolution", gradient.Name, expected.Gradients[gradient.Name], gradient.ToArray(), Closeness.Gradient);
    }

    private static void AssertPast(DilatedConvolution network, int steps)
    {
        float[] state = new float[DilatedConvolution.StateSize];
        network.CopyStateTo(state);
        Numbers.AssertSameBits(PastOf(steps), state);
    }

    private static float[] PastOf(int steps)
    {
        float[] past = new float[Past * In];
        int known = Math.Min(steps, Past) * In;
        Frames.AsSpan(steps * In - known, known).CopyTo(past.AsSpan(past.Length - known));
        return past;
    }
}
