using RnnGen.Tests.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>Which steps of a drawn batch are real.</summary>
public enum MaskShape
{
    /// <summary>All.</summary>
    None,

    /// <summary>The first ones.</summary>
    Trailing,

    /// <summary>The last ones.</summary>
    Leading,

    /// <summary>Any.</summary>
    Gaps,
}

/// <summary>Draws batches of sequences and takes them apart.</summary>
internal static class Batches
{
    /// <summary>Random frames; those of masked steps are NaN, for they must not matter.</summary>
    public static SequenceBatch Draw(int seed, int steps, int batchSize, int features, MaskShape shape)
    {
        var random = new Random(seed);
        float[] data = Numbers.Draw(seed, steps * batchSize * features);
        bool[] mask = new bool[steps * batchSize];
        for (int sequence = 0; sequence < batchSize; sequence++)
        {
            // The first sequence is whole, unless it is alone.
            int length = sequence == 0 && batchSize > 1 ? steps : random.Next(1, steps + 1);
            int always = random.Next(steps);
            for (int step = 0; step < steps; step++)
            {
                int row = step * batchSize + sequence;
                mask[row] = shape switch
                {
                    MaskShape.Trailing => step < length,
                    MaskShape.Leading => step >= steps - length,
                    MaskShape.Gaps => step == always || random.Next(3) > 0,
                    _ => true,
                };
                if (!mask[row])
                    data.AsSpan(row * features, features).Fill(float.NaN);
            }
        }

        return SequenceBatch.FromTimeMajor(data, steps, batchSize, features, mask);
    }

    /// <summary>Random classes, masked as <see cref="Draw"/> masks; masked steps have none, for they must not matter.</summary>
    public static SequenceBatch DrawClasses(int seed, int steps, int batchSize, int classes, MaskShape shape)
    {
        var random = new Random(seed);
        byte[] mask = Draw(seed, steps, batchSize, features: 1, shape).Mask.ToArray();
        return SequenceBatch.FromTimeMajor([.. mask.Select(isReal => isReal != 0 ? random.Next(classes) : -1)], steps, batchSize, mask);
    }

    /// <summary>The mask of one sequence.</summary>
    public static bool[] MaskOf(this SequenceBatch batch, int sequence) =>
        [.. Enumerable.Range(0, batch.Steps).Select(step => batch.Mask[step * batch.BatchSize + sequence] != 0)];

    /// <summary>The rows of one sequence in values of shape [T, B, size], a row a step.</summary>
    public static T[][] RowsOf<T>(ReadOnlySpan<T> timeMajor, int batchSize, int sequence, int size)
    {
        var rows = new T[timeMajor.Length / batchSize / size][];
        for (int step = 0; step < rows.Length; step++)
            rows[step] = timeMajor.Slice((step * batchSize + sequence) * size, size).ToArray();
        return rows;
    }

    /// <summary>The frames of the real steps of one sequence, one after another.</summary>
    public static float[] RealFrames(this SequenceBatch batch, int sequence)
    {
        bool[] mask = batch.MaskOf(sequence);
        return [.. RowsOf(batch.Data, batch.BatchSize, sequence, batch.Features).Where((_, step) => mask[step]).SelectMany(row => row)];
    }
}
