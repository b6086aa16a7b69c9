using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <content>Runs of batches, on one thread or several that share the sequences out.</content>
public sealed unsafe partial class NetworkMemory
{
    /// <summary>Sequences of a share are a multiple of the rows that kernels treat at once.</summary>
    private const int RowsAtOnce = 4;

    private WorkerTeam? _team;
    private Arena?[] _scratches = new Arena?[1];
    private Action<int>? _work;
    private Shared _shared;

    /// <summary>Threads that run a batch, the caller's included; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public int Threads
    {
        get => _team?.Size ?? 1;
        set
        {
            _buffer.ThrowIfDisposed();
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(Threads), value, $"Threads: expected at least 1, got {value}");
            if (value == Threads)
                return;
            _team?.Dispose();
            _team = value == 1 ? null : new WorkerTeam(value);
            Array.Resize(ref _scratches, value);
            _work = Work;
        }
    }

    /// <summary>Runs a batch whose sizes have been checked.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">The states of all sequences; a null reference where they start as new ones.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="mask">The mask.</param>
    /// <param name="outputs">Receives the outputs.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    /// <exception cref="ArgumentException">The batch is longer than one array can hold the scratch for.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Run(
        IBatchRuns network, ref float states, ReadOnlySpan<float> frames, ReadOnlySpan<byte> mask, Span<float> outputs, int steps, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        _buffer.ThrowIfDisposed();
        if (_team is null || batch <= RowsAtOnce)
        {
            network.Run(new BatchRows(
                ref states, ref MemoryMarshal.GetReference(frames), ref MemoryMarshal.GetReference(mask), ref MemoryMarshal.GetReference(outputs),
                ref ScratchFor(steps, 0))
            { Steps = steps, Batch = batch, First = 0, End = batch });
            return;
        }

        for (int thread = 0; thread < Threads; thread++)
            ScratchFor(steps, thread); // Only here may memory be taken.
        fixed (float* statesPointer = &states, framesPointer = frames, outputsPointer = outputs)
        fixed (byte* maskPointer = mask)
        {
            _shared = new Shared(network, statesPointer, framesPointer, maskPointer, outputsPointer, steps, batch);
            _team.Run(_work!);
            _shared = default;
        }
    }

    private void Work(int thread)
    {
        int blocks = (_shared.Batch + RowsAtOnce - 1) / RowsAtOnce;
        int first = blocks * thread / Threads * RowsAtOnce;
        int end = Math.Min(_shared.Batch, blocks * (thread + 1) / Threads * RowsAtOnce);
        if (first < end)
            _shared.Network.Run(new BatchRows(
                ref Unsafe.AsRef<float>(_shared.States), ref *_shared.Frames, ref *_shared.Mask, ref *_shared.Outputs, ref ScratchFor(_shared.Steps, thread))
            { Steps = _shared.Steps, Batch = _shared.Batch, First = first, End = end });
    }

    /// <summary>
    /// A thread's scratch: <see cref="NetworkLayout.ScratchLength"/> floats and <see cref="NetworkLayout.SequenceScratchLength"/> for each time step behind
    /// them. Where there is the latter, it grows to the longest batch that came.
    /// </summary>
    private ref float ScratchFor(int steps, int thread)
    {
        if (thread == 0 && Layout.SequenceScratchLength == 0)
            return ref *_scratchPointer;
        long length = Layout.ScratchLength + ((long)steps * Layout.SequenceScratchLength);
        if (_scratches[thread] is not { } scratch || scratch.Length < length)
        {
            if (length > Arena.MaxLength)
            {
                string message = $"batch: {steps} steps need {length} floats of scratch in {Layout.Network}, expected at most {Arena.MaxLength}";
                throw new ArgumentException(message, "batch");
            }

            _scratches[thread] = scratch = new Arena(length);
        }

        return ref *scratch.Pointer;
    }

    private readonly record struct Shared(
        IBatchRuns Network, nint StatesAddress, nint FramesAddress, nint MaskAddress, nint OutputsAddress, int Steps, int Batch)
    {
        public Shared(IBatchRuns network, float* states, float* frames, byte* mask, float* outputs, int steps, int batch)
            : this(network, (nint)states, (nint)frames, (nint)mask, (nint)outputs, steps, batch)
        {
        }

        public float* States => (float*)StatesAddress;

        public float* Frames => (float*)FramesAddress;

        public byte* Mask => (byte*)MaskAddress;

        public float* Outputs => (float*)OutputsAddress;
    }
}
