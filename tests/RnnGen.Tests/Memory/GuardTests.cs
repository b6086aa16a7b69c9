using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

public sealed class GuardTests
{
    [Fact]
    public void A_length_must_be_the_expected_one()
    {
        Guard.Length(20, 20, "input", "InputSize");
        var error = Assert.Throws<ArgumentException>("input", () => Guard.Length(19, 20, "input", "InputSize"));
        Assert.StartsWith("input: expected 20 values (InputSize), got 19", error.Message);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(60, 3)]
    public void Whole_steps_are_counted(int length, int steps) => Assert.Equal(steps, Guard.Steps(length, 20, "frames", "InputSize"));

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(41)]
    public void Anything_but_whole_steps_is_refused(int length)
    {
        var error = Assert.Throws<ArgumentException>("frames", () => Guard.Steps(length, 20, "frames", "InputSize"));
        Assert.StartsWith($"frames: expected a positive multiple of 20 values (InputSize), got {length}", error.Message);
    }

    [Fact]
    public void A_capacity_is_kept()
    {
        Guard.AtMost(7, 7, "batch", "steps", "MaxSteps");
        var error = Assert.Throws<ArgumentException>("batch", () => Guard.AtMost(8, 7, "batch", "steps", "MaxSteps"));
        Assert.StartsWith("batch: expected at most 7 steps (MaxSteps), got 8", error.Message);
    }

    [Fact]
    public void A_batch_must_have_the_network_s_features()
    {
        NetworkLayout layout = TestLayouts.Network();
        Guard.Batch(SequenceBatch.FromTimeMajor(new float[6], 2, 1, 3), layout);
        Assert.Throws<ArgumentNullException>("batch", () => Guard.Batch(null, layout));
        SequenceBatch other = SequenceBatch.FromTimeMajor(new float[8], 2, 1, 4);
        var error = Assert.Throws<ArgumentException>("batch", () => Guard.Batch(other, layout));
        Assert.StartsWith("batch: expected 3 features (InputSize), got 4", error.Message);
    }

    [Fact]
    public void Tokens_are_for_networks_of_classes_only()
    {
        SequenceBatch classes = SequenceBatch.FromTimeMajor([0, 1, 0], 3, 1);
        NetworkLayout layout = TestLayouts.Network() with { InputSize = 1 };
        Guard.Batch(SequenceBatch.FromTimeMajor([0f, 1, 0], 3, 1, 1), layout);
        var error = Assert.Throws<ArgumentException>("batch", () => Guard.Batch(classes, layout));
        Assert.StartsWith("batch: expected frames of 1 features (InputSize), got classes, which only a network with OneHot takes", error.Message);
        Assert.Throws<ArgumentException>("batch", () => Guard.Batch(classes, TestLayouts.Network()));
        Guard.Batch(classes, layout with { InputSize = 2, OneHot = true });
    }
}
