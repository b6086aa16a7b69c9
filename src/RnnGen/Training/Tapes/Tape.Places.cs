using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>Where everything lies in the tape's memory: that depends on the size of the batches that it is laid out for.</content>
public sealed unsafe partial class Tape<TNetwork>
{
    private readonly ArenaBlock[] _regions;
    private ArenaBlock _packedGradients;
    private ArenaBlock _mask;
    private ArenaBlock _lastSteps;
    private ArenaBlock _firstSteps;
    private ArenaBlock _logits;
    private ArenaBlock _outputs;
    private ArenaBlock _inputGradients;
    private ArenaBlock _initialState;
    private ArenaBlock _finalState;
    private ArenaBlock _initialStateGradients;
    private ArenaBlock _finalStateGradients;

    /// <summary>
    /// Lays the memory out again for batches up to another size. The tape is then as a new one, but for its options and gradients: what a pass left is gone.
    /// </summary>
    /// <param name="maxSteps">The most time steps of a batch.</param>
    /// <param name="batchSize">The most sequences of a batch.</param>
    /// <returns>Whether the memory is enough; if it is not, the tape stays as it is.</returns>
    internal bool TryReshape(int maxSteps, int batchSize)
    {
        // A test's own memory has each block where it was first planned.
        if (ArenaSource.Current is not null)
            return false;
        Int128 length = Place(maxSteps, batchSize).Length;
        if (length > _arena.Length)
        {
            Place(MaxSteps, MaxBatchSize);
            return false;
        }

        // Kernels rely on padding that is zero, and every block may now lie over what was another's.
        _arena.Span[_packedGradients.Length..(int)length].Clear();
        (MaxSteps, MaxBatchSize) = (maxSteps, batchSize);
        (_progress, _recorded) = (Progress.Empty, null);
        (_memory.Steps, _memory.Batch, _memory.Count) = (0, 0, 0);
        Point();
        return true;
    }

    /// <summary>Plans the memory for batches up to a size. The gradients of the weights come first: they stay where they are whatever the size is.</summary>
    private ArenaPlan Place(int maxSteps, int batchSize)
    {
        Int128 frames = (Int128)maxSteps * batchSize;
        Int128 outputs = (_network.ManyToOne ? batchSize : frames) * _network.OutputSize;
        Int128 states = (Int128)batchSize * _network.StateSize;

        var plan = new ArenaPlan();
        _packedGradients = plan.Take(_network.WeightsLength);
        for (int i = 0; i < _regions.Length; i++)
            _regions[i] = plan.Take(RowsOf(_layout.Regions[i].Rows, frames, batchSize) * _layout.Regions[i].Stride);
        _mask = plan.Take((frames + sizeof(float) - 1) / sizeof(float));
        _lastSteps = plan.Take(batchSize);
        _firstSteps = plan.Take(batchSize);
        _logits = plan.Take(outputs);
        _outputs = Array.TrueForAll(_heads, static head => head.Activation == OutputActivation.Identity) ? _logits : plan.Take(outputs);
        _inputGradients = plan.Take(_network.OneHot ? 0 : frames * _network.InputSize);
        _initialState = plan.Take(states);
        _finalState = plan.Take(states);
        _initialStateGradients = plan.Take(states);
        _finalStateGradients = plan.Take(states);
        return plan;
    }

    /// <summary>Shows generated loops where everything lies.</summary>
    private void Point()
    {
        for (int i = 0; i < _regions.Length; i++)
            _memory.SetRegion(i, _regions[i].PointerIn(_arena));
        _memory.SetSteps((byte*)_mask.PointerIn(_arena), (int*)_lastSteps.PointerIn(_arena), (int*)_firstSteps.PointerIn(_arena));
    }

    private static Int128 RowsOf(TapeRows rows, Int128 frames, int batchSize) => rows switch
    {
        TapeRows.One => 1,
        TapeRows.Batch => batchSize,
        TapeRows.TwoBatches => 2 * (Int128)batchSize,
        TapeRows.Steps => frames,
        TapeRows.StepsAndInitial => frames + batchSize,
        _ => throw new ArgumentOutOfRangeException(nameof(rows), $"rows: expected a kind of rows, got {rows}"),
    };
}
