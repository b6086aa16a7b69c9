namespace RnnGen.Runtime;

/// <summary>The threads that a network's runs, or a tape's passes, go on: who may use them, how their number changes, and when they end.</summary>
/// <remarks>
/// The protocol. One at a time <b>enters</b> the team, for a run, for a part of a pass or to change the number of threads, and <b>leaves</b> it. Memory is the
/// caller's promise: what a round's work touches stays valid until <see cref="Run"/> has returned or thrown.
/// <list type="bullet">
/// <item>A caller that has announced a round leaves when every worker has counted itself out, and not before: no exception of its own share, no interrupt and
/// no <see cref="Dispose"/> makes it leave earlier. Its wait cannot be interrupted: an interrupt that comes meanwhile stays pending, and the thread's next wait
/// throws.</item>
/// <item>What a share throws ends that share alone. A worker counts itself out whatever happened. When all have, the caller throws its own exception, or else
/// the first of the workers'. The team is as usable as before; what the round wrote is undefined.</item>
/// <item>A worker leaves only when the team is closed. An interrupt of a worker is ignored: nobody has asked for it. A worker cannot be lost, because nothing
/// that it does besides its share can throw.</item>
/// <item><see cref="Dispose"/> waits for nobody and may come from anywhere: from another thread, from inside a share, from an exception filter, or from a
/// finalizer. From then on nobody enters. If nobody is inside, it closes the team; if someone is, that one closes it on leaving.</item>
/// <item>The finalizer is a <see cref="Dispose"/> that nobody called. Workers hold a crew, never the team or, between two rounds, whom they work for.</item>
/// <item>Who wants to enter while another is inside gets an <see cref="InvalidOperationException"/>, and an <see cref="ObjectDisposedException"/> after
/// <see cref="Dispose"/>. The number of threads is changed from inside, so never during a run.</item>
/// <item>If not all threads can be started, those that were end, and the team keeps those that it had.</item>
/// </list>
/// </remarks>
/// <typeparam name="THost">What it runs on.</typeparam>
internal sealed class WorkerTeam<THost> : IDisposable
    where THost : struct, IWorkerHost<THost>
{
    private const int Life = 0; // the only variable: who is inside, and whether the team has ended
    private const int Entered = 1;
    private const int Ended = 2;

    private readonly string _owner;
    private readonly THost _host;
    private WorkerCrew<THost>? _crew; // changed from inside

    /// <summary>Makes a team of the caller alone.</summary>
    /// <param name="owner">Who is named when it is used after <see cref="Dispose"/>.</param>
    public WorkerTeam(string owner)
    {
        GC.SuppressFinalize(this); // It has no threads.
        _owner = owner;
        _host = THost.Create(1, 0);
    }

    /// <summary>Closes a team that nobody disposed of.</summary>
    ~WorkerTeam()
    {
        if (_crew is not null)
            End();
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Size => Volatile.Read(ref _crew)?.Size ?? 1;

    /// <summary>Enters; <see cref="Exit"/> leaves.</summary>
    /// <param name="entered">Set once the caller is inside, whatever happens then.</param>
    /// <exception cref="InvalidOperationException">Another is inside.</exception>
    /// <exception cref="ObjectDisposedException">The team has ended.</exception>
    public void Enter(ref bool entered)
    {
        if (!TryEnter(ref entered))
            throw new InvalidOperationException($"{_owner}: another thread's run or pass is under way, expected one at a time");
    }

    /// <summary>Leaves, and closes the team if it has ended meanwhile.</summary>
    public void Exit()
    {
        if (_host.Add(Life, -Entered) == Ended)
            _crew?.Close();
    }

    /// <summary>Does <paramref name="work"/> once at each of <see cref="Size"/> places, the caller at place 0. The caller is inside.</summary>
    public void Run(Action<int> work)
    {
        if (_crew is { } crew)
            crew.Run(work);
        else
            work(0);
    }

    /// <summary>Changes the number of threads.</summary>
    /// <param name="size">Threads, the caller's included.</param>
    /// <param name="prepare">Makes what so many threads need, inside.</param>
    /// <exception cref="InvalidOperationException">Another is inside.</exception>
    /// <exception cref="ObjectDisposedException">The team has ended.</exception>
    /// <exception cref="OutOfMemoryException">There are not so many threads to be had; nothing has changed.</exception>
    public void Resize(int size, Action<int> prepare)
    {
        bool entered = false;
        try
        {
            if (!TryEnter(ref entered))
                throw new InvalidOperationException($"Threads: expected {Size} as long as a run or pass of {_owner} is under way, got {size}");
            if (size != Size)
                Replace(size, prepare);
        }
        finally
        {
            if (entered)
                Exit();
        }
    }

    /// <summary>Ends the team: nobody enters any more, and the threads end as soon as nobody is inside.</summary>
    public void Dispose()
    {
        End();
        GC.SuppressFinalize(this);
    }

    private bool TryEnter(ref bool entered)
    {
        int was = 0;
        try
        {
        }
        finally
        {
            // In a finally block, so that not even the abort of ControlledExecution comes between the two.
            was = _host.CompareExchange(Life, Entered, 0);
            entered = was == 0;
        }

        if ((was & Ended) != 0)
            Guard.ThrowDisposed(_owner);
        return entered;
    }

    private void Replace(int size, Action<int> prepare)
    {
        WorkerCrew<THost>? crew = size == 1 ? null : new WorkerCrew<THost>(size);
        try
        {
            prepare(size);
        }
        catch
        {
            crew?.Close();
            throw;
        }

        WorkerCrew<THost>? before = _crew;
        Volatile.Write(ref _crew, crew);
        before?.Close();
        if (before is null)
            GC.ReRegisterForFinalize(this);
        else if (crew is null)
            GC.SuppressFinalize(this);
    }

    private void End()
    {
        if (_host.Or(Life, Ended) == 0)
            _crew?.Close();
    }
}
