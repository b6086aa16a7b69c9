namespace RnnGen.Samples.SpokenDigits;

/// <summary>What the network thinks at some moment: the likeliest digit, and how likely it is.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Probability">0 to 1.</param>
internal readonly record struct Guess(int Digit, float Probability)
{
    /// <summary>The likeliest of the scores.</summary>
    /// <param name="scores">One probability a digit.</param>
    public static Guess Of(ReadOnlySpan<float> scores)
    {
        int digit = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[digit])
                digit = i;
        }

        return new Guess(digit, scores[digit]);
    }
}
