using System.Runtime.ExceptionServices;

namespace RnnGen.Runtime;

/// <summary>
/// Some threads that do the same work on different parts of it, the caller being the first of them. Between two works they spin for a short while, because in
/// training the next one follows within microseconds, and then sleep. They end when the team is disposed of or collected.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Core _core;
    private int _entered;

    /// <summary>Starts the threads.</summary>
    /// <param name="size">Threads, the caller's included.</param>
    public WorkerTeam(int size)
    {
        Size = size;
        var core = _core = new Core(size - 1);
        for (int index = 1; index < size; index++)
        {
            int worker = index;
            new Thread(() => core.Serve(worker)) { IsBackground = true, Name = $"RnnGen worker {worker}" }.UnsafeStart();
        }
    }

    /// <summary>Ends the threads of a team that nobody disposed of: they hold its core, not the team.</summary>
    ~WorkerTeam() => _core.End();

    /// <summary>Threads, the caller's included.</summary>
    public int Size { get; }

    /// <summary>Whether someone uses the team.</summary>
    public bool IsUsed => Volatile.Read(ref _entered) != 0;

    /// <summary>Takes the team for one work and what that needs; <see cref="Exit"/> gives it back.</summary>
    /// <exception cref="InvalidOperationException">Another thread has it.</exception>
    /// <exception cref="ObjectDisposedException">The team has ended.</exception>
    public void Enter()
    {
        ObjectDisposedException.ThrowIf(_core.Ended, this);
        if (Interlocked.Exchange(ref _entered, 1) != 0)
            throw new InvalidOperationException("Another thread's pass or run is under way: one at a time.");
    }

    /// <inheritdoc cref="Enter"/>
    public void Exit() => Volatile.Write(ref _entered, 0);

    /// <summary>Runs <paramref name="work"/> once on each thread with the thread's number, and waits for all of them. The caller has entered.</summary>
    public void Run(Action<int> work)
    {
        _core.Announce(work);
        try
        {
            work(0);
        }
        finally
        {
            _core.WaitForAll();
        }

        _core.ThrowFailure();
        GC.KeepAlive(this); // Its finalizer would end the threads.
    }

    /// <summary>Ends the threads, after the work that is under way.</summary>
    public void Dispose()
    {
        _core.End();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the threads hold: nothing of those whom they work for, between two works.</summary>
    private sealed class Core(int workers)
    {
        private const int Spins = 2000;

        private readonly ManualResetEventSlim _wake = new(false);
        private Action<int>? _work;
        private Exception? _failure;
        private volatile int _round;
        private volatile bool _ended;
        private int _busy;

        public bool Ended => _ended;

        public void Announce(Action<int> work)
        {
            _work = work;
            _failure = null;
            Volatile.Write(ref _busy, workers);
            _round = unchecked(_round + 1);
            _wake.Set();
        }

        public void WaitForAll()
        {
            var spinner = default(SpinWait);
            while (Volatile.Read(ref _busy) > 0)
                spinner.SpinOnce(sleep1Threshold: -1);
            _work = null;
            _wake.Reset();
            if (_ended)
                _wake.Set(); // The end may have been announced before the reset.
        }

        public void ThrowFailure()
        {
            if (_failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
        }

        public void End()
        {
            _ended = true;
            _wake.Set();
        }

        /// <summary>A thread's life. A round that was announced is done even if the end was announced after it: the caller waits for it.</summary>
        public void Serve(int index)
        {
            for (int round = 0; ; )
            {
                for (int spin = 0; _round == round && !_ended && spin < Spins; spin++)
                    Thread.SpinWait(8);
                while (_round == round && !_ended)
                    _wake.Wait();
                if (_round == round)
                    return;
                round = _round;
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
}
