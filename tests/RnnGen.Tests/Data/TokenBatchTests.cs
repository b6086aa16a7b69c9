namespace RnnGen.Tests.Data;

/// <summary>Batches of classes.</summary>
public sealed class TokenBatchTests
{
    [Theory]
    [InlineData(Padding.Trailing)]
    [InlineData(Padding.Leading)]
    public void Sequences_of_tokens_are_padded_as_frames_of_one_feature_are(Padding padding)
    {
        SequenceBatch batch = SequenceBatch.Pad([[5, 6, 7], [8]], padding);
        SequenceBatch frames = SequenceBatch.Pad([[5f, 6, 7], [8f]], 1, padding);
        Assert.True(batch.IsOneHot);
        Assert.False(frames.IsOneHot);
        Assert.Equal((3, 2, 1), (batch.Steps, batch.BatchSize, batch.Features));
        Assert.Equal(frames.Data.ToArray(), batch.Data.ToArray());
        Assert.Equal(frames.Mask.ToArray(), batch.Mask.ToArray());
    }

    [Fact]
    public void Time_major_tokens_come_whole_with_lengths_or_with_a_mask()
    {
        SequenceBatch whole = SequenceBatch.FromTimeMajor([1, 2, 3, 4], 2, 2);
        Assert.True(whole.IsOneHot);
        Assert.Equal([1, 2, 3, 4], whole.Data.ToArray());
        Assert.Equal(4, whole.UnmaskedSteps);

        ReadOnlySpan<int> lengths = [2, 1];
        SequenceBatch padded = SequenceBatch.FromTimeMajor([1, 2, 3, -9], 2, 2, lengths);
        Assert.True(padded.IsOneHot);
        Assert.Equal([1, 2, 3, 0], padded.Data.ToArray()); // what is masked does not matter

        ReadOnlySpan<byte> mask = [1, 0, 1];
        SequenceBatch gap = SequenceBatch.FromTimeMajor([(1 << 24) - 1, int.MaxValue, 0], 3, 1, mask);
        Assert.Equal([(1 << 24) - 1, 0, 0], gap.Data.ToArray());
        Assert.Equal([2], gap.LastSteps.ToArray());
        Assert.True(gap.Slice(1, 2).IsOneHot);
        Assert.False(SequenceBatch.Pad([[1f]], 1, Padding.Trailing).Slice(0, 1, gap.Slice(1, 2)).IsOneHot);
    }

    [Fact]
    public void Bad_tokens_are_named()
    {
        Expect("classes: expected 0 to 16777215 at step 1 of sequence 0, got -1", () => SequenceBatch.Pad([[1, -1]], Padding.Trailing));
        Expect("at step 0 of sequence 1, got 16777216", () => SequenceBatch.FromTimeMajor([1, 1 << 24], 1, 2));
        Expect("sequence 1 is empty", () => SequenceBatch.Pad([[1], []], Padding.Trailing));
        Expect("sequence 0 is null", () => SequenceBatch.Pad(new int[][] { null! }, Padding.Trailing));
        Expect("at least one sequence", () => SequenceBatch.Pad(Array.Empty<int[]>(), Padding.Trailing));
        Expect("Trailing or Leading", () => SequenceBatch.Pad([[1]], (Padding)3));
        Expect("classes: expected 4 values", () => SequenceBatch.FromTimeMajor([1, 2, 3], 2, 2));
        Expect("lengths: expected 1 to 1", () => SequenceBatch.FromTimeMajor([1], 1, 1, (int[])[2]));
        Expect("sequence 0 has none", () => SequenceBatch.FromTimeMajor([1], 1, 1, (byte[])[0]));
        Assert.Throws<ArgumentNullException>(() => SequenceBatch.Pad(null!, Padding.Trailing));
    }

    private static void Expect(string part, Action act) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
