using RnnGen.Training;

namespace RnnGen.Samples.CharRnn;

/// <summary>A text as sequences: at each step a character, and the one that follows as the answer.</summary>
internal static class TextSet
{
    /// <summary>Characters per sequence. The network starts each sequence from a zero state and carries the state over the chunks of truncated training.</summary>
    public const int SequenceLength = 1024;

    /// <summary>Cuts classes into sequences; the last one is shorter.</summary>
    public static TrainingSet Of(ReadOnlySpan<int> text)
    {
        var inputs = new List<int[]>();
        var targets = new List<int[]>();
        for (int start = 0; start < text.Length - 1; start += SequenceLength)
        {
            int end = Math.Min(start + SequenceLength, text.Length - 1);
            inputs.Add(text[start..end].ToArray());
            targets.Add(text[(start + 1)..(end + 1)].ToArray());
        }

        return TrainingSet.PerStep(inputs, targets);
    }
}
