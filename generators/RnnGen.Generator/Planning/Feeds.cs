namespace RnnGen.Generator.Planning;

/// <summary>Some accumulators that lie side by side, of those that a parameter feeds.</summary>
/// <param name="Slot">The first, counted among those fed.</param>
/// <param name="Accumulator">The first, counted among all.</param>
/// <param name="Count">How many.</param>
internal readonly record struct FeedRun(int Slot, int Accumulator, int Count)
{
    /// <summary>Cuts the fed accumulators where their order has a gap, or where <paramref name="kind"/> changes.</summary>
    public static IEnumerable<FeedRun> Of(IReadOnlyList<int> feeds, Func<int, object>? kind = null)
    {
        for (int first = 0, end; first < feeds.Count; first = end)
        {
            for (end = first + 1; end < feeds.Count && feeds[end] == feeds[end - 1] + 1 && Equals(kind?.Invoke(feeds[end]), kind?.Invoke(feeds[first])); end++)
            {
            }

            yield return new FeedRun(first, feeds[first], end - first);
        }
    }
}
