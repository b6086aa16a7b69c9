namespace RnnGen.Benchmarks.Peers;

/// <summary>Whether a peer computes what the generated network computes: a comparison of times needs it.</summary>
internal sealed class Agreement
{
    private const float Tolerance = 1e-4f;

    private readonly SortedDictionary<string, float> _largest = new(StringComparer.Ordinal);

    /// <summary>Compares outputs once, and prints the difference.</summary>
    /// <exception cref="InvalidOperationException">They differ by more than 1e-4.</exception>
    public static void Require(Peer peer, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var agreement = new Agreement();
        agreement.Check(peer, what, expected, actual);
        Console.WriteLine(agreement);
    }

    /// <summary>Compares outputs.</summary>
    /// <exception cref="InvalidOperationException">They differ by more than 1e-4; no table comes of it.</exception>
    public void Check(Peer peer, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        float largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            float difference = Math.Abs(expected[i] - actual[i]);
            if (!(difference <= Tolerance)) // A NaN is no agreement.
                throw new InvalidOperationException(
                    $"{peer.Name}, {what}: output {i} is {actual[i]:R}, the generated network's {expected[i]:R}; the same weights must give the same.");
            largest = Math.Max(largest, difference);
        }

        _largest[peer.Name] = Math.Max(largest, _largest.GetValueOrDefault(peer.Name));
    }

    /// <summary>A line with the largest difference to each peer.</summary>
    public override string ToString()
    {
        if (_largest.Count == 0)
            return "";
        var differences = _largest.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:0.0E+0}"));
        return $"\nLargest difference of what was computed: {string.Join(", ", differences)}.\n";
    }
}
