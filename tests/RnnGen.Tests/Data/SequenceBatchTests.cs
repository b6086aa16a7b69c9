namespace RnnGen.Tests.Data;

public sealed class SequenceBatchTests
{
    private static readonly float[][] Sequences = [[1, 2, 3, 4], [5, 6], [7, 8, 9, 10, 11, 12]]; // 2, 1 and 3 steps of 2 features

    [Fact]
    public void Trailing_padding_starts_every_sequence_at_step_0()
    {
        SequenceBatch batch = SequenceBatch.Pad(Sequences, features: 2, Padding.Trailing);

        Assert.Equal((3, 3, 2, 6), (batch.Steps, batch.BatchSize, batch.Features, batch.UnmaskedSteps));
        Assert.Equal([1, 2, 5, 6, 7, 8, 3, 4, 0, 0, 9, 10, 0, 0, 0, 0, 11, 12], batch.Data.ToArray());
        Assert.Equal([1, 1, 1, 1, 0, 1, 0, 0, 1], batch.Mask.ToArray());
        Assert.Equal([1, 0, 2], batch.LastSteps.ToArray());
    }

    [Fact]
    public void Leading_padding_ends_every_sequence_at_the_last_step()
    {
        SequenceBatch batch = SequenceBatch.Pad(Sequences, features: 2, Padding.Leading);

        Assert.Equal([0, 0, 0, 0, 7, 8, 1, 2, 0, 0, 9, 10, 3, 4, 5, 6, 11, 12], batch.Data.ToArray());
        Assert.Equal([0, 0, 1, 1, 0, 1, 1, 1, 1], batch.Mask.ToArray());
        Assert.Equal([2, 2, 2], batch.LastSteps.ToArray());
        Assert.Equal(6, batch.UnmaskedSteps);
    }

    [Fact]
    public void Lengths_mask_the_end()
    {
        float[] data = [1, 2, 3, float.NaN, 5, float.PositiveInfinity];
        SequenceBatch batch = SequenceBatch.FromTimeMajor(data, steps: 3, batchSize: 2, features: 1, lengths: [3, 1]);

        Assert.Equal([1, 2, 3, 0, 5, 0], batch.Data.ToArray());
        Assert.Equal([1, 1, 1, 0, 1, 0], batch.Mask.ToArray());
        Assert.Equal([2, 0], batch.LastSteps.ToArray());
    }

    [Fact]
    public void Without_a_mask_every_step_is_real_and_kept_as_given()
    {
        SequenceBatch batch = SequenceBatch.FromTimeMajor([1, float.NaN, 3, 4], steps: 2, batchSize: 2, features: 1);

        Assert.Equal([1, float.NaN, 3, 4], batch.Data.ToArray());
        Assert.Equal([1, 1], batch.LastSteps.ToArray());
        Assert.Equal(4, batch.UnmaskedSteps);
    }

    [Fact]
    public void A_mask_may_have_gaps_and_every_type_of_mask_means_the_same()
    {
        float[] data = [1, 2, float.NaN, 4, 5, 6, float.NaN, 8];
        SequenceBatch[] batches =
        [
            SequenceBatch.FromTimeMajor(data, 4, 2, 1, (ReadOnlySpan<float>)[1, 0, 0, 1, 1, 1, 0, 0]),
            SequenceBatch.FromTimeMajor(data, 4, 2, 1, (ReadOnlySpan<byte>)[1, 0, 0, 1, 1, 1, 0, 0]),
            SequenceBatch.FromTimeMajor(data, 4, 2, 1, (ReadOnlySpan<bool>)[true, false, false, true, true, true, false, false]),
        ];
        foreach (SequenceBatch batch in batches)
        {
            Assert.Equal([1, 0, 0, 4, 5, 6, 0, 0], batch.Data.ToArray());
            Assert.Equal([1, 0, 0, 1, 1, 1, 0, 0], batch.Mask.ToArray());
            Assert.Equal([2, 2], batch.LastSteps.ToArray());
            Assert.Equal(4, batch.UnmaskedSteps);
        }
    }

    [Fact]
    public void A_batch_owns_its_data()
    {
        float[] data = [1, 2];
        float[] sequence = [3, 4];
        SequenceBatch timeMajor = SequenceBatch.FromTimeMajor(data, 2, 1, 1);
        SequenceBatch padded = SequenceBatch.Pad([sequence], 1, Padding.Trailing);
        data[0] = sequence[0] = 9;

        Assert.Equal([1, 2], timeMajor.Data.ToArray());
        Assert.Equal([3, 4], padded.Data.ToArray());
    }

    [Fact]
    public void A_slice_is_a_window_whose_sequences_may_be_masked_out()
    {
        SequenceBatch batch = SequenceBatch.Pad(Sequences, features: 2, Padding.Trailing);
        SequenceBatch slice = batch.Slice(1, 2);

        Assert.Equal((2, 3, 2, 3), (slice.Steps, slice.BatchSize, slice.Features, slice.UnmaskedSteps));
        Assert.Equal([3, 4, 0, 0, 9, 10, 0, 0, 0, 0, 11, 12], slice.Data.ToArray());
        Assert.Equal([1, 0, 1, 0, 0, 1], slice.Mask.ToArray());
        Assert.Equal([0, -1, 1], slice.LastSteps.ToArray());

        SequenceBatch inner = slice.Slice(1, 1);
        Assert.Equal([0, 0, 0, 0, 11, 12], inner.Data.ToArray());
        Assert.Equal([-1, -1, 0], inner.LastSteps.ToArray());
    }

    [Fact]
    public void A_reused_slice_takes_over_another_batch()
    {
        SequenceBatch slice = SequenceBatch.FromTimeMajor([1, 2], 2, 1, 1).Slice(1, 1);
        SequenceBatch again = SequenceBatch.Pad(Sequences, 2, Padding.Leading).Slice(0, 2, slice);

        Assert.Same(slice, again);
        Assert.Equal([0, 0, 1, 1, 0, 1], again.Mask.ToArray());
        Assert.Equal([1, -1, 1], again.LastSteps.ToArray());
        again.Release();
        Assert.Equal((0, 0), (again.Data.Length, again.Mask.Length));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(3, 1)]
    public void A_slice_lies_within_the_batch(int start, int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceBatch.Pad(Sequences, 2, Padding.Trailing).Slice(start, count));

    [Fact]
    public void Padding_refuses_bad_sequences_by_their_index()
    {
        Expect<ArgumentNullException>("sequences", () => SequenceBatch.Pad(null!, 2, Padding.Trailing));
        Expect<ArgumentException>("at least one sequence", () => SequenceBatch.Pad([], 2, Padding.Trailing));
        Expect<ArgumentException>("sequence 1 is empty", () => SequenceBatch.Pad([[1, 2], []], 2, Padding.Trailing));
        Expect<ArgumentException>("sequence 1 is null", () => SequenceBatch.Pad([[1, 2], null!], 2, Padding.Trailing));
        Expect<ArgumentException>("multiple of 2 values (features), sequence 1 has 3", () => SequenceBatch.Pad([[1, 2], [1, 2, 3]], 2, Padding.Leading));
        Expect<ArgumentOutOfRangeException>("features", () => SequenceBatch.Pad([[1, 2]], 0, Padding.Trailing));
        Expect<ArgumentOutOfRangeException>("padding", () => SequenceBatch.Pad([[1, 2]], 2, (Padding)7));
    }

    [Fact]
    public void Time_major_data_of_another_size_is_refused()
    {
        const string Expected = "expected 12 values (steps × batchSize × features: 3 × 2 × 2), got 11";
        Expect<ArgumentException>(Expected, () => SequenceBatch.FromTimeMajor(new float[11], 3, 2, 2));
        Expect<ArgumentException>("got 1", () => SequenceBatch.FromTimeMajor(new float[1], int.MaxValue, int.MaxValue, int.MaxValue));
        Expect<ArgumentException>("got 0", () => SequenceBatch.FromTimeMajor(default, 65536, 65536, 1));
        Expect<ArgumentOutOfRangeException>("steps", () => SequenceBatch.FromTimeMajor(default, 0, 2, 2));
        Expect<ArgumentOutOfRangeException>("batchSize", () => SequenceBatch.FromTimeMajor(default, 2, -1, 2));
        Expect<ArgumentOutOfRangeException>("features", () => SequenceBatch.FromTimeMajor(default, 2, 2, 0));
    }

    [Fact]
    public void Bad_lengths_are_refused_by_their_sequence()
    {
        Expect<ArgumentException>("lengths: expected 2 values", () => SequenceBatch.FromTimeMajor(new float[6], 3, 2, 1, (ReadOnlySpan<int>)[3]));
        Expect<ArgumentException>("1 to 3 (steps) for sequence 1, got 0", () => SequenceBatch.FromTimeMajor(new float[6], 3, 2, 1, (ReadOnlySpan<int>)[3, 0]));
        Expect<ArgumentException>("1 to 3 (steps) for sequence 0, got 4", () => SequenceBatch.FromTimeMajor(new float[6], 3, 2, 1, (ReadOnlySpan<int>)[4, 1]));
    }

    [Fact]
    public void Bad_masks_are_refused_by_step_and_sequence()
    {
        float[] data = new float[6];
        Expect<ArgumentException>("mask: expected 6 values", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, new float[5]));
        Expect<ArgumentException>("at step 1 of sequence 1, got 0.5", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, [1, 1, 1, .5f, 1, 1]));
        Expect<ArgumentException>("got NaN", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, (ReadOnlySpan<float>)[1, 1, 1, float.NaN, 1, 1]));
        Expect<ArgumentException>("at step 2 of sequence 0, got 2", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, (ReadOnlySpan<byte>)[1, 1, 1, 1, 2, 1]));
        Expect<ArgumentException>("sequence 1 has none", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, (ReadOnlySpan<byte>)[1, 0, 1, 0, 1, 0]));
        Expect<ArgumentException>("sequence 0 has none", () => SequenceBatch.FromTimeMajor(data, 3, 2, 1, new bool[6]));
    }

    private static void Expect<TException>(string part, Action act)
        where TException : Exception =>
        Assert.Contains(part, Assert.Throws<TException>(act).Message, StringComparison.Ordinal);
}
