using RnnGen.Tests.Memory;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>One-to-many: a network on its own outputs.</summary>
[Trait("Category", "Numerics")]
public sealed class FeedbackTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Outputs_become_inputs(int steps)
    {
        using var network = new RnnOfOne(seed: 1);
        network.SetState([0.3f]);
        float[] expected = new float[steps];
        float input = 0.7f;
        for (int step = 0; step < steps; step++)
        {
            network.Step([input], expected.AsSpan(step, 1));
            input = expected[step];
        }

        RnnOfOne.State end = network.CurrentState;
        network.SetState([0.3f]);
        float[] actual = new float[steps];
        network.Run([0.7f], steps, actual);
        Numbers.AssertSameBits(expected, actual);
        Assert.Equal(end, network.CurrentState);
        float[] first = [0.7f];
        AllocatedBytes.AssertNone(() => network.Run(first, steps, actual));
    }

    [Fact]
    public void A_delegate_draws_the_next_class()
    {
        using var network = new SymbolNetwork(seed: 1);
        const int Steps = 12;
        float[] expected = new float[Steps * SymbolNetwork.OutputSize];
        int symbol = 3;
        var symbols = new List<int>();
        for (int step = 0; step < Steps; step++)
        {
            Span<float> output = expected.AsSpan(step * SymbolNetwork.OutputSize, SymbolNetwork.OutputSize);
            network.Step(symbol, output);
            symbols.Add(symbol = Next(output, step));
        }

        SymbolNetwork.State end = network.CurrentState;
        network.Reset();
        var drawn = new List<int>();
        float[] actual = new float[expected.Length];
        network.Run([3], Steps, actual, (output, frame) =>
        {
            Assert.Equal(1, frame.Length);
            drawn.Add(Next(output, drawn.Count));
            frame[0] = drawn[^1];
        });
        Numbers.AssertSameBits(expected, actual);
        Assert.Equal(symbols[..^1], drawn); // not called after the last
        Assert.True(drawn.Distinct().Count() > 1);
        Assert.Equal(end, network.CurrentState);
    }

    [Fact]
    public void A_delegate_may_say_the_next_class_as_a_number()
    {
        using var network = new SymbolNetwork(seed: 1);
        const int Steps = 12;
        int drawn = 0;
        float[] expected = new float[Steps * SymbolNetwork.OutputSize];
        network.Run([3], Steps, expected, (output, frame) => frame[0] = Next(output, drawn++));
        SymbolNetwork.State end = network.CurrentState;

        network.Reset();
        int asked = 0;
        float[] actual = new float[expected.Length];
        network.Run(3, Steps, actual, output => Next(output, asked++));
        Numbers.AssertSameBits(expected, actual);
        Assert.Equal((Steps - 1, end), (asked, network.CurrentState));

        NextClass last = static output => SymbolNetwork.InputSize - 1;
        AllocatedBytes.AssertNone(() => network.Run(0, Steps, actual, last));
        network.Reset();
        Assert.Throws<ArgumentOutOfRangeException>("first", () => network.Run(-1, Steps, actual, last));
        Assert.Throws<ArgumentOutOfRangeException>("first", () => network.Run(SymbolNetwork.InputSize, Steps, actual, last));
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => network.Run(0, 0, [], last));
        Assert.Throws<ArgumentException>("outputs", () => network.Run(0, 2, actual, last));
        Assert.Throws<ArgumentNullException>("next", () => network.Run(0, Steps, actual, (NextClass)null!));
        Assert.Equal(network.InitialState, network.CurrentState);
        var wrong = Assert.Throws<ArgumentOutOfRangeException>("next", () => network.Run(0, Steps, actual, _ => SymbolNetwork.InputSize));
        Assert.StartsWith("next: expected a class from 0 to 4, got 5", wrong.Message);
        Assert.Throws<ArgumentOutOfRangeException>("next", () => network.Run(0, Steps, actual, _ => -1));
        using var frames = new RnnOfOne(seed: 1);
        Refused("RnnOfOne cannot run on classes: its inputs are frames of 1 features", () => frames.Run(0, 1, new float[1], last));
    }

    [Fact]
    public void A_delegate_may_make_a_frame_of_another_size()
    {
        using var network = new SkippingRnn(seed: 1);
        float[] expected = new float[5 * 2];
        float[] frame = [0.1f, 0.2f, 0.3f];
        for (int step = 0; step < 5; step++)
        {
            network.Step(frame, expected.AsSpan(step * 2, 2));
            frame = [expected[step * 2 + 1], step, expected[step * 2]];
        }

        network.Reset();
        int calls = 0;
        float[] actual = new float[expected.Length];
        network.Run([0.1f, 0.2f, 0.3f], 5, actual, (output, next) => (next[0], next[1], next[2]) = (output[1], calls++, output[0]));
        Numbers.AssertSameBits(expected, actual);
    }

    [Fact]
    public void What_cannot_be_fed_back_is_refused_and_says_why()
    {
        using var network = new SkippingRnn(seed: 1);
        using var classes = new SymbolNetwork(seed: 1);
        using var pooled = new MeanOfGru(seed: 1);
        using var bothWays = new BothWaysNetwork(seed: 1);
        NextFrame never = (_, _) => throw new InvalidOperationException("called");
        Refused("SkippingRnn cannot run on its own outputs: it has 3 inputs and 2 outputs", () => network.Run(new float[3], 4, new float[8]));
        Refused("SymbolNetwork cannot run on its own outputs: its inputs are classes", () => classes.Run([1], 4, new float[20]));
        Refused("MeanOfGru cannot run on its own outputs: it has one output per sequence", () => pooled.Run(new float[3], 4, new float[8], never));
        Refused("BothWaysNetwork cannot run on its own outputs: its layer 'both' needs later steps", () => bothWays.Run(new float[3], 4, new float[16], never));
        using var one = new RnnOfOne(seed: 1);
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => one.Run([0.5f], 0, []));
        Assert.StartsWith("first: expected 1 values", Assert.Throws<ArgumentException>("first", () => one.Run([1, 2], 2, new float[2])).Message);
        Assert.StartsWith("outputs: expected 2 values", Assert.Throws<ArgumentException>("outputs", () => one.Run([1], 2, new float[3])).Message);
        Assert.Throws<ArgumentException>("first", () => network.Run(new float[2], 2, new float[4], never));
        Assert.Throws<ArgumentException>("outputs", () => network.Run(new float[3], 2, new float[5], never));
        Assert.Throws<ArgumentNullException>("next", () => network.Run(new float[3], 2, new float[4], null!));
        Assert.Throws<ArgumentOutOfRangeException>("input", () => classes.Run([5], 2, new float[10], never));
        Assert.Equal(one.InitialState, one.CurrentState);
        Assert.Equal(network.InitialState, network.CurrentState);
        Assert.Equal(classes.InitialState, classes.CurrentState);
    }

    private static int Next(ReadOnlySpan<float> output, int step) => ((int)(output[0] * 1000) + step) % SymbolNetwork.InputSize;

    private static void Refused(string message, Action use) => Assert.StartsWith(message, Assert.Throws<NotSupportedException>(use).Message);
}
