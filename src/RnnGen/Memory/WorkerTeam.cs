using System.Runtime.ExceptionServices;

namespace RnnGen.Runtime;

/// <summary>
/// Some threads that do the same work on different parts of it, the caller being the first of them. Between two works they spin for a short while, because the
/// next one follows within microseconds in training, and then sleep.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int Spins = 2000;

    private readonly Thread[] _threads;
    private readonly ManualResetEventSlim _wake = new(false);
    private Action<int>? _work;
    private Exception? _failure;
    private volatile int _round;
    private volatile bool _ended;
    private int _busy;

    /// <summary>Starts the threads.</summary>
    /// <param name="size">Threads, the caller's included.</param>
    public WorkerTeam(int size)
    {
        _threads = new Thread[size - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int index = i + 1;
            _threads[i] = new Thread(() => Serve(index)) { IsBackground = true, Name = $"RnnGen worker {index}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Size => _threads.Length + 1;

    /// <summary>Runs <paramref name="work"/> once on each thread with the thread's number, and waits for all of them.</summary>
    /// <exception cref="ObjectDisposedException">The team has ended.</exception>
    public void Run(Action<int> work)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _work = work;
        Volatile.Write(ref _busy, _threads.Length);
        _round++;
        _wake.Set();
        try
        {
            work(0);
        }
        finally
        {
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _busy) > 0)
                spinner.SpinOnce(sleep1Threshold: -1);
            _wake.Reset();
        }

        if (Interlocked.Exchange(ref _failure, null) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _ended = true;
        _round++;
        _wake.Set();
    }

    private void Serve(int index)
    {
        for (int round = 0; ; )
        {
            for (int spin = 0; _round == round && spin < Spins; spin++)
                Thread.SpinWait(8);
            while (_round == round)
                _wake.Wait();
            round = _round;
            if (_ended)
                return;
            try
            {
                _work!(index);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            Interlocked.Decrement(ref _busy);
        }
    }
}
