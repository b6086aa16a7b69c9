using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>The passes over a tape, in the order of training.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TapePass
{
    /// <summary>What the forward pass of all sequences uses.</summary>
    PrepareForward,

    /// <summary>Forward over the sequences of a view.</summary>
    Forward,

    /// <summary>What the backward pass of all sequences uses.</summary>
    PrepareBackward,

    /// <summary>Back through the sequences of a view.</summary>
    Backward,

    /// <summary>The gradients of a share of the weights, over all sequences.</summary>
    Gradients,
}

/// <summary>A network's passes, for the tape to call: on one thread, or on several of which each has a view of the tape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITapePasses
{
    /// <summary>Runs one pass.</summary>
    /// <param name="pass">Which.</param>
    /// <param name="tape">The tape, or a thread's view of it.</param>
    /// <param name="share">A thread's share of the work that is not cut by sequences.</param>
    void Run(TapePass pass, TapeMemory tape, WorkShare share);
}

/// <summary>
/// Deals pieces of work out to threads, piece by piece. Who asks in the same order gets the same pieces, so each of them is done by one thread, whatever the
/// number of threads, and the order of sums does not depend on it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct WorkShare
{
    private readonly int _index;
    private readonly int _count;
    private int _next;

    /// <summary>A thread's share.</summary>
    /// <param name="index">The thread.</param>
    /// <param name="count">The number of threads.</param>
    public WorkShare(int index, int count) => (_index, _count, _next) = (index, count, index);

    /// <summary>Begins with the first piece again.</summary>
    public void Begin() => _next = _index;

    /// <summary>Goes on to the next piece: whether it is this thread's.</summary>
    public bool Takes()
    {
        if (_next-- > 0)
            return false;
        _next = _count - 1;
        return true;
    }
}
