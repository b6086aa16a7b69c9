using System.Diagnostics;

namespace RnnGen;

/// <summary>
/// Sequences of different lengths side by side, time-major, with a mask that distinguishes real steps from padding. A batch owns a copy of its data and is immutable.
/// At a masked step a network keeps its state, outputs 0 and passes no gradient; the data there are ignored.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed partial class SequenceBatch
{
    private float[] _data;
    private byte[] _mask;
    private int[] _lastSteps;
    private int _start; // the first step within _data and _mask: not 0 in a slice only

    private SequenceBatch(float[] data, byte[] mask, int steps, int batchSize, int features, bool isOneHot = false)
    {
        IsOneHot = isOneHot;
        _data = data;
        _mask = mask;
        _lastSteps = new int[batchSize];
        Steps = steps;
        BatchSize = batchSize;
        Features = features;
        CountMask();
    }

    /// <summary>Time steps, T: those of the longest sequence when padded.</summary>
    public int Steps { get; private set; }

    /// <summary>Sequences, B.</summary>
    public int BatchSize { get; private set; }

    /// <summary>Features per time step, F.</summary>
    public int Features { get; private set; }

    /// <summary>
    /// Whether the steps are classes rather than frames: then <see cref="Features"/> is 1 and <see cref="Data"/> holds the classes.
    /// </summary>
    public bool IsOneHot { get; private set; }

    /// <summary>The frames, [T, B, F]; 0 at masked steps.</summary>
    public ReadOnlySpan<float> Data => _data.AsSpan(_start * BatchSize * Features, Steps * BatchSize * Features);

    /// <summary>[T, B]; 1 at a real step, 0 at a masked one.</summary>
    public ReadOnlySpan<byte> Mask => _mask.AsSpan(_start * BatchSize, Steps * BatchSize);

    /// <summary>[B]; each sequence's last unmasked step.</summary>
    public ReadOnlySpan<int> LastSteps => _lastSteps.AsSpan(0, BatchSize);

    /// <summary>Real steps of all sequences together.</summary>
    public int UnmaskedSteps { get; private set; }

    /// <summary>Steps <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1 of every sequence, without copying frames.</summary>
    /// <remarks>For truncated back-propagation. A slice may hold sequences without an unmasked step: their last step is −1.</remarks>
    /// <param name="start">The first step.</param>
    /// <param name="count">How many steps.</param>
    /// <param name="reuse">An earlier slice that is not needed any more: it becomes the new one, so that cutting a batch allocates nothing.</param>
    internal SequenceBatch Slice(int start, int count, SequenceBatch? reuse = null)
    {
        if (start < 0 || count < 1 || start > Steps - count)
            throw new ArgumentOutOfRangeException(nameof(count), $"count: expected steps within the batch's {Steps}, got {count} from step {start}");
        SequenceBatch slice = reuse ?? new SequenceBatch([], [], 0, BatchSize, Features);
        if (slice._lastSteps.Length < BatchSize)
            slice._lastSteps = new int[BatchSize];
        slice._data = _data;
        slice._mask = _mask;
        slice._start = _start + start;
        slice.Steps = count;
        slice.BatchSize = BatchSize;
        slice.Features = Features;
        slice.IsOneHot = IsOneHot;
        slice.CountMask();
        return slice;
    }

    /// <summary>Lets go of the frames that a slice borrowed from its batch, so that keeping the slice for later does not keep the batch.</summary>
    internal void Release()
    {
        _data = [];
        _mask = [];
        _start = 0;
        Steps = 0;
        UnmaskedSteps = 0;
    }

    private void CountMask()
    {
        ReadOnlySpan<byte> mask = Mask;
        Span<int> last = _lastSteps.AsSpan(0, BatchSize);
        last.Fill(-1);
        int unmasked = 0;
        for (int step = 0; step < Steps; step++)
        {
            ReadOnlySpan<byte> row = mask.Slice(step * BatchSize, BatchSize);
            for (int sequence = 0; sequence < row.Length; sequence++)
            {
                unmasked += row[sequence];
                if (row[sequence] != 0)
                    last[sequence] = step;
            }
        }

        UnmaskedSteps = unmasked;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Steps} steps × {BatchSize} sequences of {(IsOneHot ? "classes" : $"{Features} features")}, {UnmaskedSteps} unmasked steps";
}
