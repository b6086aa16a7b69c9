using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A network that adds its input to its output, and outputs written where the frames were.</summary>
[Trait("Category", "Numerics")]
public sealed class SkipTests
{
    private const int In = SkippingRnn.InputSize;
    private const int Out = SkippingRnn.OutputSize;
    private const int Steps = 7;
    private static readonly float[] Frames = Numbers.Draw(1, Steps * In, scale: 3);

    [Fact]
    public void The_input_is_added_to_the_output()
    {
        using var network = new SkippingRnn(seed: 1);
        float[] weight = network.Parameters["dense1.weight"].ToArray();
        float[] bias = network.Parameters["dense1.bias"].ToArray();
        float[] h = new float[SkippingRnn.StateSize];
        float[] output = new float[Out];
        for (int step = 0; step < Steps; step++)
        {
            float[] frame = Frames[(step * In)..(step * In + In)];
            network.Step(frame, output);
            network.CopyStateTo(h);
            double[] expected =
                [.. weight.Chunk(4).Select((row, unit) => (double)frame[unit] + bias[unit] + row.Select((value, i) => (double)value * h[i]).Sum())];
            Numbers.AssertNear(expected, output, Closeness.Forward);
        }
    }

    [Fact]
    public void It_passes_the_gradient_on()
    {
        using var network = new SkippingRnn(seed: 1);
        network.Parameters["dense1.weight"].Set(new float[Out * 4]);
        SequenceBatch batch = Batches.Draw(1, Steps, 3, In, MaskShape.Gaps);
        using Tape<SkippingRnn> tape = SkippingRnn.CreateTape(Steps, 3);
        network.Forward(tape, batch);
        float[] gradients = Numbers.Draw(2, Steps * 3 * Out);
        network.Backward(tape, gradients);
        for (int i = 0; i < tape.InputGradients.Length; i++)
            Assert.Equal(i % In < Out && batch.Mask[i / In] != 0 ? gradients[i / In * Out + i % In] : 0, tape.InputGradients[i]);
    }

    [Fact]
    public void Outputs_may_be_written_over_their_frames()
    {
        using var network = new SkippingRnn(seed: 1);
        float[] expected = new float[Steps * Out];
        network.Run(Frames, expected);
        network.Reset();
        float[] memory = [.. Frames];
        network.Run(memory, memory.AsSpan(0, expected.Length));
        Numbers.AssertSameBits(expected, memory.AsSpan(0, expected.Length));
        network.Reset();
        for (int step = 0; step < Steps; step++)
        {
            float[] frame = Frames[(step * In)..(step * In + In)];
            network.Step(frame, frame.AsSpan(0, Out));
            Numbers.AssertSameBits(expected.AsSpan(step * Out, Out), frame.AsSpan(0, Out));
        }

        // Ahead of them too, and behind them where each still ends with its frame.
        memory = [0, 0, .. Frames];
        network.Reset();
        network.Run(memory.AsSpan(2), memory.AsSpan(0, expected.Length));
        Numbers.AssertSameBits(expected, memory.AsSpan(0, expected.Length));
        memory = [.. Frames];
        network.Reset();
        network.Run(memory, memory.AsSpan(In - Out, expected.Length));
        Numbers.AssertSameBits(expected, memory.AsSpan(In - Out, expected.Length));
        float[] before = [.. memory];
        SkippingRnn.State state = network.CurrentState;
        Assert.Throws<ArgumentException>("output", () => network.Run(memory.AsSpan(0, Steps * In), memory.AsSpan(In - Out + 1, expected.Length)));
        Numbers.AssertSameBits(before, memory);
        Assert.Equal(state, network.CurrentState);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(40)]
    public void Outputs_of_streams_may_be_written_over_their_frames(int count)
    {
        using var network = new SkippingRnn(seed: 1);
        float[] frames = Numbers.Draw(3, count * In);
        bool[] active = [.. Enumerable.Range(0, count).Select(stream => stream % 5 != 3)];
        var apart = new SkippingRnn.State[count];
        var inPlace = new SkippingRnn.State[count];
        float[] expected = new float[count * Out];
        for (int step = 0; step < 3; step++)
        {
            network.Step(apart, frames, expected, active);
            float[] memory = [.. frames];
            network.Step(inPlace, memory, memory.AsSpan(0, expected.Length), active);
            Numbers.AssertSameBits(expected, memory.AsSpan(0, expected.Length));
            Assert.Equal(apart, inPlace);
        }

        if (count == 1)
            return; // read before anything is written, it may be answered anywhere
        float[] behind = [.. frames, 0];
        Assert.Throws<ArgumentException>(
            "output", () => network.Step(inPlace, behind.AsSpan(0, count * In), behind.AsSpan(In - Out + 1, expected.Length), active));
        Assert.Equal(apart, inPlace);
    }

    [Fact]
    public void Outputs_of_streams_that_would_overwrite_the_frames_of_others_are_refused()
    {
        const int Count = 40;
        using var network = new MaxOfDense(seed: 1); // more outputs than inputs, once a sequence
        var streams = new MaxOfDense.State[Count];
        float[] memory = Numbers.Draw(3, 2 * Count * MaxOfDense.OutputSize);
        float[] before = [.. memory];
        foreach (int at in new[] { 0, 1, Count * MaxOfDense.InputSize - 1 })
        {
            Assert.Throws<ArgumentException>("output", () => network.Step(
                streams, memory.AsSpan(0, Count * MaxOfDense.InputSize), memory.AsSpan(at, Count * MaxOfDense.OutputSize)));
        }

        Numbers.AssertSameBits(before, memory);
        Assert.Equal(new MaxOfDense.State[Count], streams);

        // A whole sequence is read before it is answered: then any place is good.
        float[] expected = new float[MaxOfDense.OutputSize];
        network.Run(memory.AsSpan(0, 9), expected);
        network.Reset();
        network.Run(memory.AsSpan(0, 9), memory.AsSpan(3, MaxOfDense.OutputSize));
        Numbers.AssertSameBits(expected, memory.AsSpan(3, MaxOfDense.OutputSize));
    }
}
