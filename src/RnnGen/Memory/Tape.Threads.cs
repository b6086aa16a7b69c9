using System.ComponentModel;
using RnnGen.Runtime;

namespace RnnGen;

/// <content>Passes on one thread or several: sequences are shared out on the way there and back, blocks of weights for their gradients.</content>
public sealed unsafe partial class Tape<TNetwork>
{
    /// <summary>Sequences of a share are a multiple of the rows that kernels treat at once.</summary>
    private const int RowsAtOnce = 4;

    private WorkerTeam? _team;
    private TapeMemory[] _views = [];
    private Action<int>? _work;
    private ITapePasses? _passes;
    private TapePass _pass;

    /// <summary>
    /// Threads that a pass runs on, the caller's included; 1 unless set. Results have the same bits whatever it is. The other threads are the tape's own and
    /// end with it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    /// <exception cref="ObjectDisposedException">The tape has been disposed of.</exception>
    public int Threads
    {
        get => _team?.Size ?? 1;
        set
        {
            _gradients.ThrowIfDisposed();
            ThrowIfNotPositive(value, nameof(Threads));
            if (value == Threads)
                return;
            _team?.Dispose();
            _team = value == 1 ? null : new WorkerTeam(value);
            _views = new TapeMemory[value];
            for (int i = 0; i < value; i++)
                _views[i] = new TapeMemory(_memory);
            _work = Work;
        }
    }

    /// <summary>A network's forward pass over what <see cref="BeginForward"/> has laid out.</summary>
    /// <param name="passes">The network.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Forward(ITapePasses passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        passes.Run(TapePass.PrepareForward, _memory, default);
        Share(passes, TapePass.Forward, splits: true);
    }

    /// <summary>Its way back over what <see cref="BeginBackward"/> has laid out.</summary>
    /// <param name="passes">The network.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Backward(ITapePasses passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        passes.Run(TapePass.PrepareBackward, _memory, default);
        Share(passes, TapePass.Backward, _layout.SplitsBackward);
        Share(passes, TapePass.Gradients, splits: true);
    }

    private void Share(ITapePasses passes, TapePass pass, bool splits)
    {
        if (_team is null || !splits)
        {
            passes.Run(pass, _memory, new WorkShare(0, 1));
            return;
        }

        int blocks = (_memory.Batch + RowsAtOnce - 1) / RowsAtOnce;
        for (int i = 0; i < _views.Length; i++)
        {
            TapeMemory view = _views[i];
            view.Take(_memory);
            view.First = Math.Min(_memory.Batch, blocks * i / _views.Length * RowsAtOnce);
            view.Count = Math.Min(_memory.Batch, blocks * (i + 1) / _views.Length * RowsAtOnce) - view.First;
        }

        (_passes, _pass) = (passes, pass);
        _team.Run(_work!);
    }

    private void Work(int index)
    {
        if (_pass == TapePass.Gradients)
            _passes!.Run(_pass, _memory, new WorkShare(index, _views.Length));
        else if (_views[index].Count > 0)
            _passes!.Run(_pass, _views[index], default);
    }
}
