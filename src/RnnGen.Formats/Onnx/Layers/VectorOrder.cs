namespace RnnGen.Formats.Onnx;

/// <summary>The vectors that outputs need, in an order in which they can be computed, and who reads each.</summary>
internal sealed class VectorOrder
{
    private readonly Dictionary<Vector, HashSet<Vector>> _readers = [];
    private readonly HashSet<Vector> _outputs = [];

    public VectorOrder(IEnumerable<Cell> outputs)
    {
        // Without recursion: a file may chain as many nodes as it likes.
        Dictionary<Vector, bool> isDone = [];
        Stack<Vector> open = new();
        foreach (Cell cell in outputs)
        {
            if (cell.Source?.Current is not { } output || !_outputs.Add(output))
                continue;
            open.Push(output);
            while (open.TryPeek(out Vector? vector))
            {
                if (isDone.TryAdd(vector, false))
                {
                    foreach (Vector source in SourcesOf(vector).Where(source => !isDone.ContainsKey(source)))
                        open.Push(source);
                    continue;
                }

                open.Pop();
                if (isDone[vector])
                    continue;
                isDone[vector] = true;
                All.Add(vector);
                foreach (Vector source in SourcesOf(vector))
                {
                    if (!_readers.TryGetValue(source, out HashSet<Vector>? readers))
                        _readers[source] = readers = [];
                    readers.Add(vector);
                }
            }
        }
    }

    /// <summary>The vectors, those that others need before them.</summary>
    public List<Vector> All { get; } = [];

    /// <summary>Whether a vector is read by one other, and is not an output.</summary>
    public bool IsOnlyReadBy(Vector vector, Vector reader) => !_outputs.Contains(vector) && _readers.TryGetValue(vector, out HashSet<Vector>? readers) && readers.Count == 1 && readers.Contains(reader);

    /// <summary>The vectors that one is computed of.</summary>
    public static IEnumerable<Vector> SourcesOf(Vector vector) => vector.Sources.SelectMany(group => group).Select(cell => cell.Source?.Current).OfType<Vector>().Distinct();
}
