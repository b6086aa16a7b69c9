namespace RnnGen.Training;

/// <summary>A set's sequences cut into mini-batches: sorted by length until <see cref="Form"/> forms those of an epoch.</summary>
internal sealed class MiniBatches
{
    // Larger pools waste less on padding and mix less. Four pools or more, so that small sets too have other mini-batches in every epoch.
    private const int BatchesPerPool = 8;
    private const int MinPools = 4;

    private readonly TrainingSet _set;
    private readonly int _batchSize;
    private readonly int[] _sequences;
    private readonly long[] _keys;
    private readonly int[] _starts;

    /// <summary>All sequences sorted by length, as evaluation takes them: what it finds does not depend on their order.</summary>
    internal MiniBatches(TrainingSet set, int batchSize)
    {
        _set = set;
        _batchSize = batchSize;
        _sequences = new int[set.Count];
        _keys = new long[set.Count];
        _starts = new int[(set.Count - 1) / batchSize + 1];
        SetInOrder();
        SortByLength(0, set.Count);
    }

    /// <summary>The number of mini-batches.</summary>
    internal int Count => _starts.Length;

    /// <summary>A mini-batch's sequences.</summary>
    internal ReadOnlySpan<int> this[int batch] => _sequences.AsSpan(_starts[batch], Math.Min(_batchSize, _sequences.Length - _starts[batch]));

    /// <summary>Forms the mini-batches of an epoch. They depend on the generator's state only, not on earlier mini-batches.</summary>
    internal void Form(Batching batching, RandomOrder random)
    {
        SetInOrder();
        if (batching == Batching.InOrder)
            return;
        random.Shuffle(_sequences);
        if (batching != Batching.GroupByLength)
            return;

        // What does not fill a mini-batch stays as it was drawn: sorted, it would be the longest sequences every time.
        int batches = _sequences.Length / _batchSize;
        int pool = Math.Clamp(batches / MinPools, 1, BatchesPerPool);
        for (int first = 0; first < batches; first += pool)
            SortByLength(first * _batchSize, Math.Min(pool, batches - first) * _batchSize);
        random.Shuffle(_starts);
    }

    private void SetInOrder()
    {
        for (int i = 0; i < _sequences.Length; i++)
            _sequences[i] = i;
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
