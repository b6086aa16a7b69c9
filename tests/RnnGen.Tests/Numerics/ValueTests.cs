using RnnGen.Tests.ReadMe;

namespace RnnGen.Tests.Numerics;

/// <summary>A state is a value: it equals its copies and nothing else, whatever a step left in the scratch behind it.</summary>
public sealed class ValueTests
{
    [Fact]
    public void States_are_equal_by_value()
    {
        using var net = new DigitRecognizer(seed: 1);
        float[] frame = [.. Enumerable.Range(0, DigitRecognizer.InputSize).Select(i => i / 10f)];
        float[] scores = new float[DigitRecognizer.OutputSize];
        DigitRecognizer.State stepped = default;
        net.Step(ref stepped, frame, scores);
        float[] canonical = new float[DigitRecognizer.StateSize];
        stepped.CopyTo(canonical);
        DigitRecognizer.State set = default;
        set.Set(canonical);

        Assert.True(stepped == set);
        Assert.Equal(stepped, set);
        Assert.Equal(stepped.GetHashCode(), set.GetHashCode());
        Assert.False(stepped.Equals((object?)null));

        canonical[^1] += 1;
        set.Set(canonical);
        Assert.True(stepped != set);
        Assert.NotEqual(stepped, default);
    }

    [Fact]
    public void Outputs_may_not_overwrite_frames_to_come()
    {
        using var net = new GruWithLinearHead(seed: 1);
        const int Steps = 4;
        float[] memory = new float[Steps * (1 + GruWithLinearHead.OutputSize)];

        var refused = Assert.Throws<ArgumentException>(() => net.Run(memory.AsSpan(0, Steps), memory.AsSpan(0, Steps * GruWithLinearHead.OutputSize)));
        Assert.Contains("output", refused.Message, StringComparison.Ordinal);
        net.Run(memory.AsSpan(0, Steps), memory.AsSpan(Steps));
    }

    [Fact]
    public void A_step_that_gives_no_more_than_it_takes_may_run_in_place()
    {
        using var net = new GruOfOne(seed: 1);
        float[] input = [.. Enumerable.Range(0, 5 * GruOfOne.InputSize).Select(i => MathF.Sin(i))];
        float[] expected = new float[5 * GruOfOne.OutputSize];
        net.Run(input, expected);
        net.Reset();
        net.Run(input, input.AsSpan(0, expected.Length));
        Assert.Equal(expected, input[..expected.Length]);
    }
}
