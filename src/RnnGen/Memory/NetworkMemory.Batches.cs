using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <content>Runs of batches, on one thread or several that share the sequences out.</content>
public sealed unsafe partial class NetworkMemory
{
    /// <summary>Steps of the network's own sequence that are run at once.</summary>
    private const int OwnSteps = 64;

    private WorkerTeam? _team;
    private Arena?[] _scratches = new Arena?[1];
    private Action<int>? _work;
    private Shared _shared;

    /// <summary>Threads that run a batch, the caller's included; 1 unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    /// <exception cref="InvalidOperationException">A run is under way.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public int Threads
    {
        get => _team?.Size ?? 1;
        set
        {
            _buffer.ThrowIfDisposed();
            if (value < 1)
                throw new ArgumentOutOfRangeException(nameof(Threads), $"Threads: expected at least 1, got {value}");
            if (value == Threads)
                return;
            if (_team is { IsUsed: true })
                throw new InvalidOperationException($"Threads: expected {Threads} as long as a run is under way, got {value}");
            WorkerTeam? team = value == 1 ? null : new WorkerTeam(value);
            _team?.Dispose();
            _team = team;
            Array.Resize(ref _scratches, value);
            _work = Work;
        }
    }

    /// <summary>A sequence of the network's own stream, from its state on, several steps at once.</summary>
    /// <param name="network">The network.</param>
    /// <param name="frames">[T, floats of a frame].</param>
    /// <param name="outputs">Receives [T, OutputSize], or [OutputSize].</param>
    /// <exception cref="ArgumentException"><paramref name="network"/> is not this memory's.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void RunOwn(IBatchRuns network, ReadOnlySpan<float> frames, Span<float> outputs)
    {
        int steps = frames.Length / Layout.FrameSize;
        for (int first = 0; first < steps; first += OwnSteps)
        {
            int count = Math.Min(OwnSteps, steps - first);
            var answers = Layout.ManyToOne ? outputs : outputs.Slice(first * Layout.OutputSize, count * Layout.OutputSize);
            Run(network, ref State, frames.Slice(first * Layout.FrameSize, count * Layout.FrameSize), Unmasked(count), answers, count, 1);
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">The states of all sequences; a null reference where they start as new ones.</param>
    /// <param name="frames">[T, B, floats of a frame].</param>
    /// <param name="mask">[T, B].</param>
    /// <param name="outputs">Receives [T, B, OutputSize], or [B, OutputSize].</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="network"/> is not this memory's, a span is shorter than T and B say, or the batch is longer than one array can hold the scratch for.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another thread's run is under way, and the network has <see cref="Threads"/>.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Run(
        IBatchRuns network, ref float states, ReadOnlySpan<float> frames, ReadOnlySpan<byte> mask, Span<float> outputs, int steps, int batch)
    {
        ArgumentNullException.ThrowIfNull(network);
        _buffer.ThrowIfDisposed();
        Check(network, frames.Length, mask.Length, outputs.Length, steps, batch);

        // Where outputs are written over frames, one thread must not get ahead of another.
        if (_team is not { } team || batch <= Shares.Unit || frames.Overlaps(outputs))
        {
            network.Run(new BatchRows(
                ref states, ref MemoryMarshal.GetReference(frames), ref MemoryMarshal.GetReference(mask), ref MemoryMarshal.GetReference(outputs),
                ref ScratchFor(steps, 0))
            { Steps = steps, Batch = batch, First = 0, End = batch });
            return;
        }

        team.Enter();
        try
        {
            for (int thread = 0; thread < team.Size; thread++)
                ScratchFor(steps, thread); // Only here may memory be taken.
            fixed (float* statesPointer = &states, framesPointer = frames, outputsPointer = outputs)
            fixed (byte* maskPointer = mask)
            {
                _shared = new Shared(network, statesPointer, framesPointer, maskPointer, outputsPointer, steps, batch, team.Size);
                team.Run(_work!);
            }
        }
        finally
        {
            _shared = default;
            team.Exit();
        }
    }

    private void Check(IBatchRuns network, int frames, int mask, int outputs, int steps, int batch)
    {
        if (network.Memory != this)
            throw new ArgumentException($"network: expected the {Layout.Network} that this memory belongs to", nameof(network));
        long rows = (long)steps * batch, answers = Layout.ManyToOne ? batch : rows;
        if (steps < 0 || batch < 0 || frames < rows * Layout.FrameSize || mask < rows || outputs < answers * Layout.OutputSize)
            throw new ArgumentException(
                $"batch: expected {steps} × {batch} rows for {Layout.Network}, got {frames} floats of frames, {mask} of mask, {outputs} of outputs",
                nameof(batch));
    }

    private void Work(int thread)
    {
        (int first, int end) = Shares.Of(_shared.Batch, thread, _shared.Threads);
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
        IBatchRuns Network, nint StatesAddress, nint FramesAddress, nint MaskAddress, nint OutputsAddress, int Steps, int Batch, int Threads)
    {
        public Shared(IBatchRuns network, float* states, float* frames, byte* mask, float* outputs, int steps, int batch, int threads)
            : this(network, (nint)states, (nint)frames, (nint)mask, (nint)outputs, steps, batch, threads)
        {
        }

        public float* States => (float*)StatesAddress;

        public float* Frames => (float*)FramesAddress;

        public byte* Mask => (byte*)MaskAddress;

        public float* Outputs => (float*)OutputsAddress;
    }
}
