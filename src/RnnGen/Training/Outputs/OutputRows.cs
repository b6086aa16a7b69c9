using System.Buffers;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>
/// The rows of one of several outputs, copied out of those of all: a loss or a metric of it sees them as if the network had no other output.
/// </summary>
internal ref struct OutputRows
{
    private readonly float[] _floats;
    private readonly int[] _classes;

    /// <summary>Takes memory, which <see cref="Return"/> gives back.</summary>
    /// <param name="rows">The rows of all outputs.</param>
    /// <param name="head">The output.</param>
    /// <param name="column">Its targets.</param>
    /// <param name="width">Floats per row of all targets.</param>
    /// <param name="loss">The loss that they are for.</param>
    internal OutputRows(in LossRows rows, OutputLayout head, OutputColumn column, int width, Loss loss)
    {
        int size = head.Size, count = rows.Count, values = count * size;
        _floats = ArrayPool<float>.Shared.Rent((4 * values) + count);
        _classes = column.HasClasses ? ArrayPool<int>.Shared.Rent(count) : [];
        Span<float> outputs = _floats.AsSpan(0, values), logits = _floats.AsSpan(values, values), targets = _floats.AsSpan(2 * values, values);
        Span<float> weights = _floats.AsSpan(4 * values, count);
        Gradients = _floats.AsSpan(3 * values, values);
        for (int row = 0; row < count; row++)
        {
            rows.Outputs.Slice((row * rows.OutputSize) + head.Offset, size).CopyTo(outputs[(row * size)..]);
            rows.Logits.Slice((row * rows.OutputSize) + head.Offset, size).CopyTo(logits[(row * size)..]);
            ReadOnlySpan<float> target = rows.Values.Slice(row * width, width);
            float weight = rows.Weight(row);
            weights[row] = weight == 0 || column.Weight is not int own ? weight : weight * target[own];
            if (weights[row] == 0)
                targets.Slice(row * size, size).Clear(); // what lies there may be no class and no number
            else if (!column.HasClasses)
                target.Slice(column.First, size).CopyTo(targets[(row * size)..]);
            if (column.HasClasses)
                _classes[row] = weights[row] == 0 ? 0 : (int)target[column.First];
        }

        Targets plain = column.HasClasses ? new Targets(_classes.AsSpan(0, count)) : new Targets(targets);
        Rows = new LossRows
        {
            Outputs = outputs,
            Logits = logits,
            Mask = rows.Mask,
            Targets = rows.IsWeighted || column.Weight is not null ? plain.WithWeights(weights) : plain,
            Count = count,
            BatchSize = rows.BatchSize,
            OutputSize = size,
            Activation = head.Activation,
            Fusion = loss.Fusion,
        };
    }

    /// <summary>The rows.</summary>
    internal LossRows Rows { get; }

    /// <summary>Memory for a gradient of them.</summary>
    internal Span<float> Gradients { get; }

    /// <summary>Gives the memory back; nothing of it may be used any more.</summary>
    internal readonly void Return()
    {
        ArrayPool<float>.Shared.Return(_floats);
        if (_classes.Length > 0)
            ArrayPool<int>.Shared.Return(_classes);
    }
}
