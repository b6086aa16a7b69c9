namespace RnnGen.Benchmarks.Learning;

/// <summary>Noisy tones of four frequencies beside pure noise. Lengths go with the class or do not.</summary>
internal static class Tones
{
    private const int Classes = 4;

    /// <summary>Lengths 20 + 12 c + 0…5 for class c: a set sorted by length is sorted by class.</summary>
    public static LabelledSequences LengthsByClass(int seed, int count) => Of(seed, count, (random, label) => 20 + (12 * label) + random.Next(6));

    /// <summary>Lengths from 10 to 300, their logarithms evenly spread, whatever the class.</summary>
    public static LabelledSequences SpreadLengths(int seed, int count) => Of(seed, count, (random, _) => (int)(10 * Math.Pow(30, random.NextDouble())));

    private static LabelledSequences Of(int seed, int count, Func<Random, int, int> length)
    {
        var random = new Random(seed);
        int[] classes = [.. Enumerable.Range(0, count).Select(i => i % Classes)];
        return new LabelledSequences([.. classes.Select(Sequence)], classes);

        float[] Sequence(int label)
        {
            float[] sequence = new float[2 * length(random, label)];
            for (int t = 0; t < sequence.Length / 2; t++)
            {
                sequence[2 * t] = (float)(Math.Sin(t * (0.3 + (0.1 * label))) + (0.3 * random.NextDouble()) - 0.15);
                sequence[(2 * t) + 1] = (float)(random.NextDouble() - 0.5);
            }

            return sequence;
        }
    }
}
