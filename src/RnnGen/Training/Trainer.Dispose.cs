using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>Disposal, and who may use the trainer until then.</content>
public sealed partial class Trainer<TNetwork>
{
    private volatile bool _disposed; // by another thread perhaps
    private int _busy; // 1 while a pass is under way, or a checkpoint is written or read
    private int _fitting; // 1 within Fit

    private string Name => $"Trainer<{_layout.Network}>";

    /// <summary>
    /// Ends the trainer: its threads, and its memory as soon as nothing uses it any more. Every later call of a method throws
    /// <see cref="ObjectDisposedException"/>; properties stay as they are, and the network is as usable as before. A second call does nothing.
    /// </summary>
    /// <remarks>
    /// It does not wait and may come at any time, also from another thread or from a progress report. A call in progress then completes
    /// or throws <see cref="ObjectDisposedException"/>, with the weights after a complete update; the threads end after it.
    /// </remarks>
    public void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _tape, null)?.Dispose(); // Whoever puts a tape there later looks at _disposed afterwards.
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            Guard.ThrowDisposed(Name);
    }

    /// <summary>Begins what must not happen twice at a time; <see cref="Leave"/> ends it.</summary>
    /// <exception cref="InvalidOperationException">It is under way: on another thread, or further up on this one, in a loss or an optimiser.</exception>
    private void Enter()
    {
        ThrowIfDisposed();
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
            throw new InvalidOperationException($"{Name}: another call is under way, expected one at a time, and none from within a loss or an optimiser");
    }

    private void Leave()
    {
        _part?.Release();
        Volatile.Write(ref _busy, 0);
    }

    /// <summary>Refuses what makes no sense from within <c>Fit</c>, where its progress is told.</summary>
    private void ThrowIfFitting(string call)
    {
        if (Volatile.Read(ref _fitting) != 0)
            throw new InvalidOperationException($"{Name}: {call} is expected after Fit has ended, got it during Fit");
    }
}
