namespace RnnGen.Runtime;

/// <content>Runs of streams whose states are classes: they are laid side by side for the run, and taken back after it.</content>
public sealed unsafe partial class NetworkMemory
{
    private Arena? _streamStates;

    /// <summary>Runs a batch from the states of streams, which are left where it ends.</summary>
    /// <inheritdoc cref="Run"/>
    /// <typeparam name="TState">The network's state.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="streams">The states, one per sequence of the batch; where the call throws, they are as before.</param>
    /// <param name="frames">[T, B, floats of a frame].</param>
    /// <param name="mask">[T, B].</param>
    /// <param name="outputs">Receives [T, B, OutputSize], or [B, OutputSize].</param>
    /// <param name="steps">T.</param>
    /// <exception cref="ArgumentException">A stream is null, or is there twice.</exception>
    public void RunStates<TState>(
        IBatchRuns network, ReadOnlySpan<TState> streams, ReadOnlySpan<float> frames, ReadOnlySpan<byte> mask, Span<float> outputs, int steps)
        where TState : LargeState
    {
        _buffer.ThrowIfDisposed();
        using Use use = Enter();
        Span<float> states = Gather(streams);
        RunEntered(network, ref states[0], frames, mask, outputs, steps, streams.Length);
        for (int i = 0; i < streams.Length; i++)
            states.Slice(i * Layout.StateLength, Layout.StateLength).CopyTo(streams[i].Packed);
    }

    private Span<float> Gather<TState>(ReadOnlySpan<TState> streams)
        where TState : LargeState
    {
        int taken = 0;
        try
        {
            for (; taken < streams.Length; taken++)
            {
                if (streams[taken] is not { } stream)
                    throw new ArgumentException($"streams: expected states, got null at {taken}; a stream starts from the network's InitialState", nameof(streams));
                if (stream.IsTaken)
                    throw new ArgumentException($"streams: expected each state once, got the one at {taken} twice", nameof(streams));
                stream.IsTaken = true;
            }
        }
        finally
        {
            while (taken-- > 0)
                streams[taken].IsTaken = false;
        }

        long length = (long)streams.Length * Layout.StateLength;
        if (length > Arena.MaxLength)
            throw new ArgumentException($"streams: expected at most {Arena.MaxLength / Layout.StateLength} states side by side, got {streams.Length}", nameof(streams));
        if ((_streamStates?.Length ?? -1) < length)
        {
            _streamStates = null; // Both need not fit into memory side by side.
            _streamStates = new Arena(length);
        }

        Span<float> states = _streamStates!.Span[..(int)length];
        for (int i = 0; i < streams.Length; i++)
            streams[i].Packed.CopyTo(states.Slice(i * Layout.StateLength, Layout.StateLength));
        return states;
    }
}
