namespace RnnGen.Tests.Memory.Workers;

/// <summary>
/// Runs a scenario of several threads again and again, until every order of their steps has been gone through. Threads take turns: one runs from a step on a
/// shared variable to the next one, and the explorer decides who goes on. It searches depth first, without a bound on preemptions.
/// </summary>
/// <remarks>
/// Orders that differ only in steps that do not touch the same variable end in the same state, and are gone through once: a state is known by what each thread
/// has read and written, and after whose writes. What threads do between two steps must touch nothing that another thread changes at the same time.
/// </remarks>
internal sealed partial class Explorer : IDisposable
{
    private const int MaxSteps = 2000;

    [ThreadStatic]
    private static Explorer? _current;

    private readonly Action<Explorer> _scenario;
    private readonly List<Participant> _participants = [];
    private readonly List<Node> _path = [];
    private readonly HashSet<ulong> _visited = [];
    private readonly List<SharedVariable> _variables = [];
    private readonly SemaphoreSlim _finished = new(0);
    private int _count;
    private int _alive;
    private int _depth;
    private volatile bool _aborting;
    private volatile bool _quits;
    private Participant _running = null!;

    private Explorer(Action<Explorer> scenario, HostFault fault) => (_scenario, Fault) = (scenario, fault);

    /// <summary>The explorer of the calling thread.</summary>
    public static Explorer Current => _current!;

    /// <summary>What is wrong with the hosts that the scenario makes.</summary>
    public HostFault Fault { get; }

    /// <summary>What went wrong in the latest execution; null for nothing.</summary>
    public string? Failure { get; private set; }

    /// <summary>Executions so far.</summary>
    public int Executions { get; private set; }

    /// <summary>States found so far.</summary>
    public int States => _visited.Count;

    /// <summary>The thread that was started last.</summary>
    public Participant LatestStarted => _participants[_count - 1];

    /// <summary>The thread that has its turn.</summary>
    public Participant Running => _running;

    /// <summary>Goes through all orders, or up to one that goes wrong.</summary>
    /// <param name="scenario">What the first thread does; it starts the others.</param>
    /// <param name="fault">What is wrong with the hosts.</param>
    /// <param name="limit">The most executions; a search that needs more is not complete.</param>
    /// <returns>What went wrong, null for nothing; and how much was gone through.</returns>
    public static (string? Failure, int Executions, int States) Explore(
        Action<Explorer> scenario, HostFault fault = HostFault.None, int limit = int.MaxValue)
    {
        using var explorer = new Explorer(scenario, fault);
        do
        {
            explorer.Execute();
        }
        while (explorer.Failure is null && explorer.Executions < limit && explorer.Backtrack());
        return (explorer.Failure, explorer.Executions, explorer.States);
    }

    /// <summary>Makes a variable; its value is 0.</summary>
    public int Variable()
    {
        _variables.Add(new SharedVariable());
        return _variables.Count - 1;
    }

    /// <summary>Starts a thread.</summary>
    public Participant Start(Action body)
    {
        Participant participant = Add(body);
        participant.History = Mix(_running.History, (ulong)participant.Id);
        _running.History = Mix(_running.History, participant.History);
        return participant;
    }

    /// <summary>Takes a step when the explorer says so.</summary>
    /// <returns>What an operation on a variable returns.</returns>
    public int Take(StepKind kind, int variable, int value = 0, int expected = 0)
    {
        if (_current != this)
            return 0; // the finalizer of a team whose execution was not gone on with
        Participant me = _running;
        ThrowIfAborting();
        me.Next = new Step(kind, variable, value, expected);
        Switch(me, leaves: false);
        if (me.WasInterrupted)
            throw new ThreadInterruptedException();
        return me.Result;
    }

    /// <summary>Ends the exploration with a failure.</summary>
    public void Fail(string message)
    {
        ThrowIfAborting();
        Failure = $"{message}, after {string.Join(' ', _path.Take(_depth).Select(node => node.Options[node.Current].Participant))}";
        Abort();
        throw new Aborted();
    }

    public void Dispose()
    {
        _quits = true;
        foreach (Participant participant in _participants)
        {
            participant.Turn.Release();
            participant.Thread.Join();
            participant.Turn.Dispose();
        }

        _finished.Dispose();
    }

    private void Execute()
    {
        Executions++;
        (_count, _alive, _depth, _aborting) = (0, 0, 0, false);
        _variables.Clear();
        _running = Add(() => _scenario(this));
        _running.History = 1;
        _running.Turn.Release();
        _finished.Wait();
    }

    private Participant Add(Action body)
    {
        if (_count == _participants.Count)
            _participants.Add(new Participant(this, _count));
        Participant participant = _participants[_count++];
        participant.Begin(body, pending: Variable());
        _alive++;
        return participant;
    }

    /// <summary>The last decision that has an option left; false where there is none.</summary>
    private bool Backtrack()
    {
        for (; _path.Count > 0; _path.RemoveAt(_path.Count - 1))
        {
            Node node = _path[^1];
            if (node.MoveOn(_visited))
                return true;
        }

        return false;
    }

    /// <summary>Decides who goes on, and waits until it is this thread again.</summary>
    private void Switch(Participant me, bool leaves)
    {
        Participant? next = Choose();
        if (next is null)
        {
            Abort();
            if (!leaves)
                throw new Aborted();
            return;
        }

        _running = next;
        if (next == me)
            return;
        next.Turn.Release();
        if (leaves)
            return;
        me.Turn.Wait();
        ThrowIfAborting();
    }

    private Participant? Choose()
    {
        if (_depth == _path.Count)
        {
            Node node = NewNode();
            if (node.Options.Count == 0 || _depth == MaxSteps)
            {
                Failure ??= $"{(_depth == MaxSteps ? "The threads do not end" : "All threads wait")}: {Describe()}";
                return null;
            }

            if (!node.MoveOn(_visited))
                return null; // All that follows has been gone through.
            _path.Add(node);
        }

        Option option = _path[_depth].Options[_path[_depth].Current];
        _depth++;
        Participant chosen = _participants[option.Participant];
        Apply(chosen, option.Interrupted);
        return chosen;
    }

    private Node NewNode()
    {
        var node = new Node();
        ulong all = 0;
        for (int i = 0; i < _count; i++)
            all += Mix(_participants[i].History, (ulong)i);
        for (int i = 0; i < _count; i++)
        {
            Participant participant = _participants[(_running.Id + i) % _count]; // the same first: each switch costs two of real threads
            if (!participant.IsAlive)
                continue;
            Consider(participant, interrupted: false);
            if (participant.Next.MayBeInterrupted)
                Consider(participant, interrupted: true);
        }

        return node;

        void Consider(Participant participant, bool interrupted)
        {
            bool enabled = interrupted ? _variables[participant.Pending].Value != 0 : IsEnabled(participant.Next);
            if (!enabled)
                return;
            ulong after = all - Mix(participant.History, (ulong)participant.Id) + Mix(HistoryAfter(participant, interrupted), (ulong)participant.Id);
            node.Options.Add(new Option(participant.Id, interrupted, after));
        }
    }

    private string Describe() => string.Join(
        ", ", _participants.Take(_count).Where(participant => participant.IsAlive).Select(participant => $"{participant.Id} at {participant.Next}"));

    private void Abort()
    {
        if (_aborting)
            return;
        _aborting = true;
        for (int i = 0; i < _count; i++)
        {
            if (_participants[i] != _running && _participants[i].IsAlive)
                _participants[i].Turn.Release();
        }
    }

    private void ThrowIfAborting()
    {
        if (_aborting)
            throw new Aborted();
    }

    /// <summary>A thread of the pool does what it is told to, execution after execution.</summary>
    private void Live(Participant me)
    {
        _current = this;
        while (true)
        {
            me.Turn.Wait();
            if (_quits)
                return;
            try
            {
                if (!_aborting)
                    me.Body();
            }
            catch (Aborted)
            {
            }
            catch (Exception failure)
            {
                if (!_aborting) // else it is what a test made of Aborted
                {
                    Failure = failure.ToString();
                    Abort();
                }
            }

            me.IsAlive = false;
            if (!_aborting && _participants.Take(_count).Any(other => other.IsAlive))
                Switch(me, leaves: true);

            // Last of all: once no thread is left, the next execution begins, and this one's must touch nothing of it.
            if (Interlocked.Decrement(ref _alive) == 0)
                _finished.Release();
        }
    }

    /// <summary>Unwinds the threads of an execution that is not gone on with.</summary>
    private sealed class Aborted : Exception;

    /// <summary>A decision: who may go on, and who does.</summary>
    private sealed class Node
    {
        public List<Option> Options { get; } = [];

        public int Current { get; private set; } = -1;

        public bool MoveOn(HashSet<ulong> visited)
        {
            while (++Current < Options.Count)
            {
                if (visited.Add(Options[Current].After))
                    return true;
            }

            return false;
        }
    }

    private readonly record struct Option(int Participant, bool Interrupted, ulong After);
}
