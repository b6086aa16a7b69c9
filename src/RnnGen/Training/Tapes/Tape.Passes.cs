using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>What a network's generated passes do before and after their kernels: everything that is not compact enters and leaves the regions here.</content>
public sealed unsafe partial class Tape<TNetwork>
{
    /// <summary>Checks a batch and lays it into the regions: frames, mask, last steps, initial states.</summary>
    /// <param name="network">The network that runs.</param>
    /// <param name="batch">The batch.</param>
    /// <returns>The memory for the kernels.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The batch has too many steps or sequences for this tape, or another number of features than the network.</exception>
    /// <exception cref="ObjectDisposedException">The tape or the network has been disposed of.</exception>
    internal TapeMemory BeginForward(NetworkMemory network, SequenceBatch batch)
    {
        _gradients.ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(network);
        _ = network.Weights; // throws when the network has been disposed of
        Guard.Batch(batch, _network);
        Guard.AtMost(batch.Steps, MaxSteps, nameof(batch), "steps", nameof(MaxSteps));
        Guard.AtMost(batch.BatchSize, MaxBatchSize, nameof(batch), "sequences", nameof(MaxBatchSize));

        // Until the kernels are through, the tape holds nothing that could be read or propagated back.
        _progress = Progress.Empty;
        _recorded = network;
        _memory.Steps = batch.Steps;
        _memory.Batch = _memory.Count = batch.BatchSize;

        CopyRows(batch.Data, _network.FrameSize, Region(_layout.InputRegion), Stride(_layout.InputRegion), batch.Steps * batch.BatchSize, _network.FrameSize);
        batch.Mask.CopyTo(MaskBytes);
        batch.LastSteps.CopyTo(MemoryMarshal.Cast<float, int>(_lastSteps.In(_arena)));
        if (_network.ReverseLayer is not null)
            FindFirstSteps(batch, MemoryMarshal.Cast<float, int>(_firstSteps.In(_arena)));
        _memory.DropoutSeed = DropoutSeed;
        _memory.FirstStep = FirstStep;

        _startedLearned = UseLearnedState;
        if (_startedLearned)
            SetLearnedStates(network.WeightsToRead);
        SetStates(_initialState, TapeEnd.Initial);
        return _memory;
    }

    /// <summary>Takes logits, outputs and final states out of the regions.</summary>
    internal void EndForward()
    {
        int size = _network.OutputSize;
        int stride = Stride(_layout.LogitRegion);
        ref float rows = ref Unsafe.Add(ref _memory.Region(_layout.LogitRegion), (nint)_layout.LogitRowOffset * _memory.Batch * stride);
        Span<float> logits = _logits.In(_arena);
        Span<float> outputs = _outputs.In(_arena);
        for (int row = 0; row < OutputRows; row++)
        {
            Span<float> logit = logits.Slice(row * size, size);
            Span<float> output = outputs.Slice(row * size, size);
            if (IsMasked(row))
            {
                logit.Clear();
                output.Clear();
            }
            else
            {
                OutputHead.Apply(OutputActivation.Identity, ref Unsafe.Add(ref rows, (nint)row * stride), ref logit[0], size);
                foreach (OutputLayout head in _heads)
                    OutputHead.Apply(head.Activation, ref logit[head.Offset], ref output[head.Offset], head.Size);
            }
        }

        GetStates(_finalState, TapeEnd.Final);
        _progress = Progress.Forward;
    }

    /// <summary>Lays the gradient of the outputs or logits, and that of the final states, into the regions.</summary>
    /// <param name="network">The network that ran forward.</param>
    /// <param name="gradients">In the shape of <see cref="Outputs"/>; values at masked steps are ignored.</param>
    /// <param name="ofLogits">Whether it is the gradient of <see cref="Logits"/> rather than of <see cref="Outputs"/>.</param>
    /// <returns>The memory for the kernels.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="gradients"/> has another length than <see cref="Outputs"/>.</exception>
    /// <exception cref="InvalidOperationException">The latest forward pass on this tape was not this network's, or there was none.</exception>
    /// <exception cref="ObjectDisposedException">The tape or the network has been disposed of.</exception>
    internal TapeMemory BeginBackward(NetworkMemory network, ReadOnlySpan<float> gradients, bool ofLogits)
    {
        _gradients.ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(network);
        _ = network.Weights; // throws when the network has been disposed of
        if (_progress == Progress.Empty || _recorded != network)
        {
            ThrowNotRecorded();
        }

        int size = _network.OutputSize;
        Guard.Length(
            gradients.Length,
            OutputRows * size,
            ofLogits ? "logitGradients" : "outputGradients",
            _network.ManyToOne ? "[Batch, OutputSize]" : "[Steps, Batch, OutputSize]");
        _progress = Progress.Forward;
        _memory.WantsInputGradients = ComputesInputGradients && !_network.OneHot;

        int stride = Stride(_layout.LogitGradientRegion);
        ref float rows = ref _memory.Region(_layout.LogitGradientRegion);
        Span<float> outputs = _outputs.In(_arena);
        for (int row = 0; row < OutputRows; row++)
        {
            ref float destination = ref Unsafe.Add(ref rows, (nint)row * stride);
            if (IsMasked(row))
                MemoryMarshal.CreateSpan(ref destination, size).Clear();
            else
                SetLogitGradients(gradients.Slice(row * size, size), outputs.Slice(row * size, size), ref destination, ofLogits);
        }

        SetStates(_finalStateGradients, TapeEnd.FinalGradient);
        return _memory;
    }

    /// <summary>Lays the gradient of a row of outputs or logits down as that of the logits.</summary>
    private void SetLogitGradients(ReadOnlySpan<float> gradients, Span<float> outputs, ref float destination, bool ofLogits)
    {
        foreach (OutputLayout head in _heads)
            OutputHead.Gradient(
                ofLogits ? OutputActivation.Identity : head.Activation, ref outputs[head.Offset],
                ref MemoryMarshal.GetReference(gradients[head.Offset..]), ref Unsafe.Add(ref destination, head.Offset), head.Size);
    }

    /// <summary>Takes the gradients of inputs and initial states out of the regions.</summary>
    internal void EndBackward()
    {
        if (_memory.WantsInputGradients)
        {
            CopyRows(
                Region(_layout.InputGradientRegion),
                Stride(_layout.InputGradientRegion),
                _inputGradients.In(_arena),
                _network.InputSize,
                _memory.Steps * _memory.Batch,
                _network.InputSize);
        }

        GetStates(_initialStateGradients, TapeEnd.InitialGradient);
        if (_startedLearned)
            AddLearnedGradients();
        _progress = Progress.Backward;
    }

    private static void FindFirstSteps(SequenceBatch batch, Span<int> first)
    {
        first[..batch.BatchSize].Fill(-1);
        ReadOnlySpan<byte> mask = batch.Mask;
        for (int row = mask.Length - 1; row >= 0; row--)
        {
            if (mask[row] != 0)
                first[row % batch.BatchSize] = row / batch.BatchSize;
        }
    }

    private void SetLearnedStates(ReadOnlySpan<float> weights)
    {
        for (int i = 0, first = 0; i < _network.States.Count; first += _network.States[i++].Size)
        {
            StateLayout state = _network.States[i];
            if (state.LearnedOffset is int learned)
                CopyRows(weights.Slice(learned, state.Size), 0, _initialState.In(_arena)[first..], _network.StateSize, _memory.Batch, state.Size);
        }
    }

    private void AddLearnedGradients()
    {
        for (int i = 0, first = 0; i < _network.States.Count; first += _network.States[i++].Size)
        {
            StateLayout state = _network.States[i];
            for (int sequence = 0; state.LearnedOffset is int learned && sequence < _memory.Batch; sequence++)
            {
                Span<float> gradient = _initialStateGradients.In(_arena).Slice((sequence * _network.StateSize) + first, state.Size);
                VectorLoops.Add(gradient, PackedGradients.Slice(learned, state.Size));
            }
        }
    }

    // Rows of the current batch, from [B, StateSize] into each state's region.
    private void SetStates(ArenaBlock canonical, TapeEnd end)
    {
        int first = 0;
        for (int i = 0; i < _network.States.Count; i++)
        {
            StateLayout state = _network.States[i];
            Span<float> rows = StateRows(state, end, out int stride);
            CopyRows(canonical.In(_arena)[first..], _network.StateSize, rows, stride, _memory.Batch, state.Size);
            first += state.Size;
        }
    }

    // ... and back.
    private void GetStates(ArenaBlock canonical, TapeEnd end)
    {
        int first = 0;
        for (int i = 0; i < _network.States.Count; i++)
        {
            StateLayout state = _network.States[i];
            Span<float> rows = StateRows(state, end, out int stride);
            CopyRows(rows, stride, canonical.In(_arena)[first..], _network.StateSize, _memory.Batch, state.Size);
            first += state.Size;
        }
    }

    // Each step reads one half of a state's gradient rows and writes the other, so that the half of the first step is the result's, half 0.
    private Span<float> StateRows(StateLayout state, TapeEnd end, out int stride)
    {
        bool ofGradients = end is TapeEnd.InitialGradient or TapeEnd.FinalGradient;
        int region = ofGradients ? state.GradientRegion : state.TapeRegion;
        int batches = end switch
        {
            TapeEnd.InitialGradient => 0,
            TapeEnd.FinalGradient => state.Order == StateOrder.Ends ? 1 : _memory.Steps & 1,
            TapeEnd.Final when state.Order == StateOrder.Ends => 1,
            TapeEnd.Initial when state.Order == StateOrder.Ends => 0,
            _ => end == TapeEnd.Initial == (state.Order == StateOrder.Forward) ? 0 : _memory.Steps,
        };
        stride = Stride(region);
        return Region(region)[(batches * _memory.Batch * stride)..];
    }

    private static void CopyRows(ReadOnlySpan<float> source, int sourceStride, Span<float> destination, int destinationStride, int rows, int columns)
    {
        if (sourceStride == columns && destinationStride == columns)
        {
            source[..(rows * columns)].CopyTo(destination);
            return;
        }

        for (int row = 0; row < rows; row++)
        {
            source.Slice(row * sourceStride, columns).CopyTo(destination.Slice(row * destinationStride, columns));
        }
    }

    // A many-to-one network's rows are sequences, not steps: none is masked.
    private bool IsMasked(int row) => !_network.ManyToOne && Unsafe.Add(ref _memory.Mask, row) == 0;

    private Span<float> Region(int index) => _regions[index].In(_arena);

    private int Stride(int index) => _layout.Regions[index].Stride;

    // Which rows of a state's regions lie at an end of a sequence.
    private enum TapeEnd
    {
        Initial,
        Final,
        InitialGradient,
        FinalGradient,
    }

    private void ThrowNotRecorded() => throw new InvalidOperationException(
        _progress == Progress.Empty
            ? $"Backward of {_network.Network}: no forward pass has run on this tape"
            : $"Backward of {_network.Network}: the tape's latest forward pass was that of another network");
}
