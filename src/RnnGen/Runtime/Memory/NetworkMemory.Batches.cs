using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <content>Runs of batches, on one thread or split across several.</content>
public sealed unsafe partial class NetworkMemory
{
    /// <summary>Steps of one sequence that are run at once.</summary>
    private const int StepsAtOnce = 64;

    private readonly WorkerTeam<WorkerHost> _team;
    private Action<int>? _work;
    private Shared _shared;

    /// <summary>Threads that run a batch, the caller's included; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 1024.</exception>
    /// <exception cref="InvalidOperationException">A run is under way.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    /// <exception cref="OutOfMemoryException">So many threads cannot be started; there are as many as before.</exception>
    public int Threads
    {
        get => _team.Size;
        set
        {
            _buffer.ThrowIfDisposed();
            Shares.CheckThreads(value, nameof(Threads));
            _team.Resize(value, threads =>
            {
                _work ??= Work;
                Array.Resize(ref _scratches, threads);
            });
        }
    }

    /// <summary>A sequence of one stream, from its state on, several steps at once. The caller has entered (<see cref="Enter"/>).</summary>
    /// <param name="network">The network.</param>
    /// <param name="state">The stream's packed state.</param>
    /// <param name="frames">[T, floats of a frame].</param>
    /// <param name="outputs">Receives [T, OutputSize], or [OutputSize].</param>
    /// <exception cref="ArgumentException"><paramref name="network"/> is not this memory's.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void RunSequence(IBatchRuns network, ref float state, ReadOnlySpan<float> frames, Span<float> outputs)
    {
        int steps = frames.Length / Layout.FrameSize;
        for (int first = 0; first < steps; first += StepsAtOnce)
        {
            int count = Math.Min(StepsAtOnce, steps - first);

            // Who answers once per sequence does so when all of it is read: until then the outputs may lie in the frames.
            Span<float> answers = !Layout.ManyToOne ? outputs.Slice(first * Layout.OutputSize, count * Layout.OutputSize)
                : first + count == steps ? outputs
                : default;
            RunEntered(network, ref state, frames.Slice(first * Layout.FrameSize, count * Layout.FrameSize), Unmasked(count), answers, count, 1);
        }
    }

    /// <summary>Runs a batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">The states of all sequences; a null reference where they start as new ones.</param>
    /// <param name="frames">[T, B, floats of a frame].</param>
    /// <param name="mask">[T, B].</param>
    /// <param name="outputs">Receives [T, B, OutputSize], or [B, OutputSize]; empty where a many-to-one network is not asked for its answer yet.</param>
    /// <param name="steps">T.</param>
    /// <param name="batch">B.</param>
    /// <param name="argument">The argument that <paramref name="steps"/> come from, for messages.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="network"/> is not this memory's, a span is shorter than T and B say, or there are more steps than <see cref="MaxSteps"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">Another call that uses the network's own state or scratch is under way.</exception>
    /// <exception cref="ObjectDisposedException">
    /// The network has been disposed of, perhaps meanwhile: what the run was to write is then undefined, but no thread of the network's writes it any more.
    /// </exception>
    public void Run(
        IBatchRuns network, ref float states, ReadOnlySpan<float> frames, ReadOnlySpan<byte> mask, Span<float> outputs, int steps, int batch,
        string argument = "batch")
    {
        using Use use = Enter();
        RunEntered(network, ref states, frames, mask, outputs, steps, batch, argument);
    }

    private void RunEntered(
        IBatchRuns network, ref float states, ReadOnlySpan<float> frames, ReadOnlySpan<byte> mask, Span<float> outputs, int steps, int batch,
        string argument = "batch")
    {
        ArgumentNullException.ThrowIfNull(network);
        _buffer.ThrowIfDisposed();
        Check(network, frames.Length, mask.Length, outputs.Length, steps, batch);
        if (steps > MaxSteps)
            ThrowSteps(steps, argument);

        // Where outputs are written over frames, one thread must not get ahead of another.
        if (_team.Size == 1 || batch <= Shares.Unit || frames.Overlaps(outputs))
        {
            RunGroups(network, new BatchRows(
                ref states, ref MemoryMarshal.GetReference(frames), ref MemoryMarshal.GetReference(mask), ref MemoryMarshal.GetReference(outputs),
                ref TakeScratch(steps, batch, 0))
            { Steps = steps, Batch = batch, First = 0, End = batch });
            return;
        }

        bool entered = false;
        try
        {
            _team.Enter(ref entered);
            int threads = _team.Size;
            for (int thread = 0; thread < threads; thread++)
            {
                (int first, int end) = Shares.Of(batch, thread, threads);
                if (first < end)
                    TakeScratch(steps, end - first, thread); // Only here may memory be taken.
            }

            fixed (float* statesPointer = &states, framesPointer = frames, outputsPointer = outputs)
            fixed (byte* maskPointer = mask)
            {
                _shared = new Shared(network, statesPointer, framesPointer, maskPointer, outputsPointer, steps, batch, threads);
                _team.Run(_work!);
            }
        }
        finally
        {
            if (entered)
            {
                _shared = default;
                _team.Exit();
            }
        }
    }

    private void Check(IBatchRuns network, int frames, int mask, int outputs, int steps, int batch)
    {
        if (network.Memory != this)
            throw new ArgumentException($"network: expected the {Layout.Network} that this memory belongs to", nameof(network));
        long rows = (long)steps * batch, answers = !Layout.ManyToOne ? rows : outputs == 0 ? 0 : batch;
        if (steps < 0 || batch < 0 || frames < rows * Layout.FrameSize || mask < rows || outputs < answers * Layout.OutputSize)
            throw new ArgumentException(
                $"batch: expected {steps} × {batch} rows for {Layout.Network}, got {frames} floats of frames, {mask} of mask, {outputs} of outputs",
                nameof(batch));
    }

    private void Work(int thread)
    {
        (int first, int end) = Shares.Of(_shared.Batch, thread, _shared.Threads);
        if (first < end)
            RunGroups(_shared.Network, new BatchRows(
                ref Unsafe.AsRef<float>(_shared.States), ref *_shared.Frames, ref *_shared.Mask, ref *_shared.Outputs, ref ScratchOf(thread))
            { Steps = _shared.Steps, Batch = _shared.Batch, First = first, End = end });
    }

    /// <summary>Runs the sequences of a thread, so many at once as its scratch is taken for.</summary>
    private void RunGroups(IBatchRuns network, BatchRows rows)
    {
        int group = GroupOf(rows.Steps, rows.End - rows.First);
        for (int first = rows.First; first < rows.End; first += group)
            network.Run(rows with { First = first, End = Math.Min(first + group, rows.End) });
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
