namespace RnnGen.Samples.SpokenDigits;

/// <summary>The network's current guess: the likeliest digit, and its probability.</summary>
/// <param name="Digit">0 to 9.</param>
/// <param name="Probability">0 to 1.</param>
internal readonly record struct Guess(int Digit, float Probability)
{
    /// <summary>The likeliest of the scores.</summary>
    /// <param name="scores">One probability per digit.</param>
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
