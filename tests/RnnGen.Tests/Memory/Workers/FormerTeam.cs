namespace RnnGen.Tests.Memory.Workers;

/// <summary>What was wrong with teams before there was a protocol.</summary>
internal enum FormerFault
{
    None,

    /// <summary>Between the look whether the team has ended and the note that someone is inside, it may end: nobody serves the round.</summary>
    LooksBeforeEntering,

    /// <summary>The caller's wait can be interrupted: it leaves while workers write to its memory.</summary>
    WaitsInterruptibly,

    /// <summary>The event that wakes workers is reset after a run, though the end may have set it meanwhile.</summary>
    ResetsBlindly,

    /// <summary>The end does not wait for who is inside: workers leave, and nobody serves the round that is announced then.</summary>
    EndsAtOnce,
}

/// <summary>The former team, reduced to its steps, with one worker: an event wakes it, and the caller looks until the count of busy workers is 0.</summary>
internal sealed class FormerTeam(Explorer explorer, FormerFault fault)
{
    private const int Entered = 1;
    private const int Ended = 2;
    private readonly int _life = explorer.Variable();
    private readonly int _round = explorer.Variable();
    private readonly int _busy = explorer.Variable();
    private readonly int _awake = explorer.Variable();
    private readonly int _closed = explorer.Variable();
    private int _rounds;
    private Action<int>? _work;

    public void Start() => explorer.Start(() => Serve(1));

    /// <summary>Runs once, if the team has not ended.</summary>
    public void Run(Action<int> work)
    {
        if (!Enter())
            return;
        try
        {
            Announce(work);
            work(0);
            WaitForAll();
        }
        finally
        {
            if (explorer.Take(StepKind.Add, _life, -Entered) == Ended)
                Close();
            else if (fault == FormerFault.ResetsBlindly)
                explorer.Take(StepKind.Exchange, _awake);
        }
    }

    public void End()
    {
        if (explorer.Take(StepKind.Or, _life, Ended) == 0 || fault == FormerFault.EndsAtOnce)
            Close();
    }

    private bool Enter()
    {
        if (fault != FormerFault.LooksBeforeEntering)
            return explorer.Take(StepKind.CompareExchange, _life, Entered) == 0;
        if (explorer.Take(StepKind.Read, _life) != 0)
            return false;
        explorer.Take(StepKind.Or, _life, Entered);
        return true;
    }

    private void Announce(Action<int> work)
    {
        _work = work;
        explorer.Take(StepKind.Exchange, _busy, 1);
        explorer.Take(StepKind.Exchange, _round, ++_rounds);
        explorer.Take(StepKind.Exchange, _awake, 1);
    }

    private void WaitForAll() => explorer.Take(fault == FormerFault.WaitsInterruptibly ? StepKind.AwaitInterruptibly : StepKind.Await, _busy);

    private void Close()
    {
        explorer.Take(StepKind.Exchange, _closed, 1);
        explorer.Take(StepKind.Exchange, _awake, 1);
    }

    private void Serve(int index)
    {
        for (int round = 0; ;)
        {
            int found;
            while (true)
            {
                bool closed = explorer.Take(StepKind.Read, _closed) != 0;
                found = explorer.Take(StepKind.Read, _round);
                if (found != round)
                    break;
                if (closed)
                    return;
                explorer.Take(StepKind.Sleep, _awake);
            }

            round = found;
            _work!(index);
            explorer.Take(StepKind.Add, _busy, -1);
        }
    }
}
