namespace RnnGen;

/// <summary>
/// A set's sequences grouped to mini-batches of similar length, so that little is computed for padding. Shuffled, sequences are drawn at random in pools of
/// several mini-batches, each pool is sorted by length and cut, and the mini-batches come in random order.
/// </summary>
internal sealed class MiniBatches
{
    private const int BatchesPerPool = 8; // larger pools waste less padding and mix less

    private readonly TrainingSet _set;
    private readonly int _batchSize;
    private readonly int[] _sequences;
    private readonly long[] _keys;
    private readonly int[] _starts;

    /// <summary>All sequences sorted by length, for evaluation.</summary>
    internal MiniBatches(TrainingSet set, int batchSize)
    {
        _set = set;
        _batchSize = batchSize;
        _sequences = [.. Enumerable.Range(0, set.Count)];
        _keys = new long[set.Count];
        _starts = new int[(set.Count - 1) / batchSize + 1];
        SetStarts();
        SortByLength(0, set.Count);
    }

    /// <summary>The number of mini-batches; the shortest has what is left.</summary>
    internal int Count => _starts.Length;

    /// <summary>A mini-batch's sequences.</summary>
    internal ReadOnlySpan<int> this[int batch] => _sequences.AsSpan(_starts[batch], Math.Min(_batchSize, _sequences.Length - _starts[batch]));

    /// <summary>Forms new mini-batches. They depend on the generator's state only, not on earlier mini-batches.</summary>
    internal void Shuffle(RandomOrder random)
    {
        for (int i = 0; i < _sequences.Length; i++)
            _sequences[i] = i;
        random.Shuffle(_sequences);
        int pool = (int)Math.Min(_sequences.Length, (long)_batchSize * BatchesPerPool);
        for (int start = 0; start < _sequences.Length; start += pool)
            SortByLength(start, Math.Min(pool, _sequences.Length - start));
        SetStarts();
        random.Shuffle(_starts);
    }

    private void SetStarts()
    {
        for (int i = 0; i < _starts.Length; i++)
            _starts[i] = i * _batchSize;
    }

    private void SortByLength(int start, int count)
    {
        // The place in the pool breaks ties, so that the order is the same everywhere and equal lengths stay mixed.
        for (int i = start; i < start + count; i++)
            _keys[i] = ((long)_set.Steps(_sequences[i]) << 32) | (uint)i;
        Array.Sort(_keys, _sequences, start, count);
    }
}
