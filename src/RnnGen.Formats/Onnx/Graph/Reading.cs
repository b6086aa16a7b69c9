namespace RnnGen.Formats.Onnx;

/// <summary>One reading of a file: which input is the network's, and what its axes count.</summary>
/// <param name="Part">The part of the graph to read; null for all of it.</param>
/// <param name="DataInput">The graph input that is the network's; the others are states. Of no use where only a part is read.</param>
/// <param name="Axes">Which of <see cref="AxesOf"/> is taken.</param>
internal sealed record Reading((string First, string Last)? Part, int DataInput, int Axes)
{
    /// <summary>The network's input as a tensor.</summary>
    /// <param name="run">The computation that gets it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its sizes, −1 where they are open.</param>
    /// <param name="isInteger">Whether its values are classes.</param>
    public Knowledge Input(GraphRun run, string name, IReadOnlyList<int>? shape, bool isInteger)
    {
        if (shape is null)
            throw new FormatException($"input {Text.Quote(name)}: expected its shape in the file, or a first node that has weights, got neither");
        if (AxesOf(shape, isPart: Part is not null, isInteger).Skip(Axes).FirstOrDefault() is not { } dims)
            throw new NoReadingException();
        run.AssumesOne = dims.Zip(shape).Any(pair => pair.First.Axis == Axis.Data && pair.Second < 0);
        if (run.AssumesOne)
            run.Note($"The axes of {Text.Quote(name)} whose sizes the file leaves open are read as sequences and axes of size 1.");
        run.Spend(dims.Aggregate(1L, (product, dim) => product * dim.Cells));
        (run.Input, run.InputDims) = (new InputVector(name, Tensor.Product(dims), isInteger), dims);
        return Tensor.Of(dims, run.Input).AsInteger(isInteger);
    }

    /// <summary>
    /// What axes of these sizes may count. First without time: then the graph is one step, and states go in and out. Then with time, and sequences before or after it. Which it is
    /// shows in what follows: all but one fail where steps or sequences would mix.
    /// </summary>
    private static IEnumerable<Dim[]> AxesOf(IReadOnlyList<int> shape, bool isPart, bool isInteger)
    {
        if (shape.Count > 4)
            yield break;
        int[] none = [-1], all = [.. Enumerable.Range(0, shape.Count)];
        int[] open = [.. all.Where(axis => shape[axis] < 0)];
        // Sequences come first in most files, and there what is wrong is said best.
        var withTime = all.SelectMany(batch => all.Select(time => (Time: time, Batch: batch))).Where(pair => pair.Batch == 0)
            .Concat(none.Concat(all.Skip(1)).SelectMany(batch => all.Select(time => (Time: time, Batch: batch))));
        foreach ((int time, int batch) in open.Concat(none).Concat(all.Except(open)).Select(batch => (Time: -1, Batch: batch)).Concat(withTime))
        {
            if ((batch == time && time >= 0) || all.Any(axis => axis != time && axis != batch && shape[axis] < 0 && !isPart))
                continue;
            Dim[] dims = [.. all.Select(axis => axis == time ? new Dim(Axis.Time, shape[axis]) : axis == batch ? new Dim(Axis.Batch, shape[axis]) : Dim.Data(Math.Abs(shape[axis])))];
            if (!isInteger || dims.All(dim => dim.Cells == 1))
                yield return dims;
        }
    }
}

/// <summary>There are no more readings.</summary>
internal sealed class NoReadingException : Exception;
