using RnnGen.Runtime;

namespace RnnGen.Training;

/// <content>Passes on one thread or several: both passes split the sequences across threads, and weight gradients split the blocks of weights.</content>
public sealed unsafe partial class Tape<TNetwork>
{
    private readonly WorkerTeam<WorkerHost> _team;
    private TapeMemory[] _views = [];
    private Action<int>? _work;
    private ITapePasses? _passes;
    private TapePass _pass;

    /// <summary>
    /// Threads that a pass runs on, the caller's included; 1 by default. Results have the same bits whatever it is. The other threads are the tape's own and
    /// end with it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not 1 to 1024.</exception>
    /// <exception cref="InvalidOperationException">A pass is under way.</exception>
    /// <exception cref="ObjectDisposedException">The tape has been disposed of.</exception>
    /// <exception cref="OutOfMemoryException">So many threads cannot be started; there are as many as before.</exception>
    public int Threads
    {
        get => _team.Size;
        set
        {
            _gradients.ThrowIfDisposed();
            Shares.CheckThreads(value, nameof(Threads));
            _team.Resize(value, threads =>
            {
                var views = new TapeMemory[threads];
                for (int i = 0; i < threads; i++)
                    views[i] = new TapeMemory(_memory);
                (_views, _work) = (views, Work);
            });
        }
    }

    /// <summary>A network's forward pass over what <see cref="BeginForward"/> has laid out.</summary>
    /// <param name="network">The network for which it has been laid out.</param>
    /// <exception cref="InvalidOperationException">It is another network, or another pass is under way.</exception>
    internal void Forward(TNetwork network)
    {
        var passes = Passes(network);
        passes.Run(TapePass.PrepareForward, _memory, default);
        Share(passes, TapePass.Forward, splits: true);
    }

    /// <summary>Its backward pass over what <see cref="BeginBackward"/> has laid out.</summary>
    /// <param name="network">The network that ran forward.</param>
    /// <exception cref="InvalidOperationException">It is another network, or another pass is under way.</exception>
    internal void Backward(TNetwork network)
    {
        var passes = Passes(network);
        passes.Run(TapePass.PrepareBackward, _memory, default);
        Share(passes, TapePass.Backward, _layout.SplitsBackward);
        Share(passes, TapePass.Gradients, splits: true);
    }

    private ITapePasses Passes(TNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (_recorded != network.Memory || network is not ITapePasses passes)
            throw new InvalidOperationException($"network: expected the {_network.Network} for which the batch has been laid out");
        return passes;
    }

    private void Share(ITapePasses passes, TapePass pass, bool splits)
    {
        if (_team.Size == 1 || !splits)
        {
            passes.Run(pass, _memory, new WorkShare(0, 1));
            return;
        }

        bool entered = false;
        try
        {
            _team.Enter(ref entered);
            for (int i = 0; i < _views.Length; i++)
            {
                (int first, int end) = Shares.Of(_memory.Batch, i, _views.Length);
                _views[i].Take(_memory);
                (_views[i].First, _views[i].Count) = (first, end - first);
            }

            (_passes, _pass) = (passes, pass);
            _team.Run(_work!);
        }
        finally
        {
            if (entered)
            {
                _passes = null;
                _team.Exit();
            }
        }
    }

    private void Work(int index)
    {
        if (_pass == TapePass.Gradients)
            _passes!.Run(_pass, _memory, new WorkShare(index, _views.Length));
        else if (_views[index].Count > 0)
            _passes!.Run(_pass, _views[index], default);
    }
}
