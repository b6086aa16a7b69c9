namespace RnnGen.Samples.SpokenDigits;

/// <summary>How often each digit was taken for each.</summary>
internal sealed class ConfusionMatrix
{
    /// <summary>How many digits there are.</summary>
    public const int Classes = 10;

    private readonly int[,] _counts = new int[Classes, Classes];

    /// <summary>How often <paramref name="said"/> was taken for <paramref name="heard"/>.</summary>
    public int this[int said, int heard] => _counts[said, heard];

    /// <summary>How many were counted.</summary>
    public int Total => Range().Sum(Said);

    /// <summary>How many were heard right.</summary>
    public int Right => Range().Sum(digit => _counts[digit, digit]);

    /// <summary>The share that was heard right, 0 to 1.</summary>
    public double Accuracy => (double)Right / Total;

    /// <summary>How often a digit was said.</summary>
    public int Said(int digit) => Range().Sum(heard => _counts[digit, heard]);

    /// <summary>Counts one more.</summary>
    public void Add(int said, int heard) => _counts[said, heard]++;

    private static IEnumerable<int> Range() => Enumerable.Range(0, Classes);
}
