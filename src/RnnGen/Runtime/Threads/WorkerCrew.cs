using System.Runtime.ExceptionServices;

namespace RnnGen.Runtime;

/// <summary>
/// The threads of a <see cref="WorkerTeam{THost}"/>, where the protocol is stated. Work goes in rounds: the caller announces one, does its own share at
/// place 0 and waits until the last worker has counted itself out. Between two rounds workers look out for the next one for a short while, because in training
/// it follows within microseconds, and then sleep.
/// </summary>
/// <typeparam name="THost">What it runs on.</typeparam>
internal sealed class WorkerCrew<THost>
    where THost : struct, IWorkerHost<THost>
{
    private const int Announced = 0; // the latest round's number, or Closed
    private const int Done = 1; // the latest round that all workers are through with
    private const int Busy = 2; // workers that are not through with the announced round
    private const int Asleep = 3; // and place: 1 where someone sleeps there or is about to
    private const int Closed = -1;

    private readonly THost _host;
    private int _round;
    private Action<int>? _work;
    private Exception? _failure;

    /// <summary>Starts the threads.</summary>
    /// <param name="size">Threads, the caller's included.</param>
    /// <exception cref="OutOfMemoryException">They cannot all be started; those that were end.</exception>
    public WorkerCrew(int size)
    {
        Size = size;
        _host = THost.Create(Asleep + size, size);
        int started = 1;
        try
        {
            for (; started < size; started++)
            {
                int place = started;
                _host.Start(place, () => Serve(place));
            }
        }
        catch (Exception failure)
        {
            Close();
            if (failure is OutOfMemoryException)
                throw new OutOfMemoryException($"Threads: expected to start {size - 1} beside the caller's, got {started - 1}", failure);
            throw;
        }
    }

    /// <summary>Threads, the caller's included.</summary>
    public int Size { get; }

    /// <summary>Does <paramref name="work"/> once at each place. One caller at a time, and none after <see cref="Close"/>.</summary>
    /// <remarks>Nothing makes the caller leave before the workers are through: not what its own share throws, nor an interrupt.</remarks>
    public void Run(Action<int> work)
    {
        Exception? failure;
        bool interrupted = false;
        int before = _round;
        try
        {
            // In a finally block, so that not even the abort of ControlledExecution leaves a round half announced.
            try
            {
            }
            finally
            {
                Announce(work);
            }

            work(0);
        }
        finally
        {
            if (_round != before)
                WaitWhile(0, Done, before, ref interrupted);
            failure = _failure;
            _work = null; // A sleeping thread holds nothing of those whom it works for.
            _failure = null;
            if (interrupted)
                _host.Interrupt();
        }

        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Ends the threads. Called once, by whoever knows that no round is under way and none will be.</summary>
    public void Close()
    {
        _host.Exchange(Announced, Closed);
        WakeWorkers();
    }

    private void Announce(Action<int> work)
    {
        _work = work;
        _round = unchecked(_round + 1) & int.MaxValue;
        _host.Exchange(Busy, Size - 1);
        _host.Exchange(Announced, _round);
        WakeWorkers();
    }

    /// <summary>A thread's life. Nothing but <see cref="Close"/> ends it: what its share throws is the caller's to see.</summary>
    private void Serve(int place)
    {
        bool interrupted = false;
        for (int round = 0; (round = WaitWhile(place, Announced, round, ref interrupted)) != Closed;)
        {
            try
            {
                _work!(place);
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
            }
            finally
            {
                if (_host.Add(Busy, -1) == 0)
                {
                    _host.Exchange(Done, round);
                    Wake(0);
                }
            }
        }
    }

    /// <summary>Waits for as long as a variable has a value. No exception leaves it.</summary>
    /// <param name="place">The waiting thread's place.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="value">The value.</param>
    /// <param name="interrupted">Set if the thread was interrupted meanwhile.</param>
    /// <returns>The other value.</returns>
    private int WaitWhile(int place, int variable, int value, ref bool interrupted)
    {
        int found;
        for (int look = 0; look < THost.Spins; look++)
        {
            found = _host.Read(variable);
            if (found != value)
                return found;
            _host.Pause(look);
        }

        while (true)
        {
            // First the note, then the look: who changes the variable after the look finds the note, and wakes.
            _host.Exchange(Asleep + place, 1);
            found = _host.Read(variable);
            if (found != value)
                break;
            try
            {
                _host.Sleep(place);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
            catch (Exception)
            {
                _host.Pause(0); // What a synchronization context throws that waits in the thread's stead: look again.
            }
        }

        _host.Exchange(Asleep + place, 0);
        return found;
    }

    private void WakeWorkers()
    {
        for (int place = 1; place < Size; place++)
            Wake(place);
    }

    private void Wake(int place)
    {
        if (_host.Exchange(Asleep + place, 0) != 0)
            _host.Wake(place);
    }
}
