namespace RnnGen.Tests.Memory.Workers;

/// <content>What a step does to its variable, and to what its thread knows.</content>
internal sealed partial class Explorer
{
    private static ulong Mix(ulong a, ulong b)
    {
        ulong x = unchecked((a * 0x9E3779B97F4A7C15) + b + 0x2545F4914F6CDD1D);
        x = unchecked((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9);
        x = unchecked((x ^ (x >> 27)) * 0x94D049BB133111EB);
        return x ^ (x >> 31);
    }

    private bool IsEnabled(Step step) => step.Kind switch
    {
        StepKind.Sleep => _variables[step.Variable].Value != 0,
        StepKind.Await or StepKind.AwaitInterruptibly => _variables[step.Variable].Value == step.Value,
        _ => true,
    };

    private bool Writes(Step step) => step.Kind switch
    {
        StepKind.Begin or StepKind.Read or StepKind.Await or StepKind.AwaitInterruptibly => false,
        StepKind.CompareExchange => _variables[step.Variable].Value == step.Expected,
        _ => true,
    };

    private ulong HistoryAfter(Participant participant, bool interrupted)
    {
        Step step = participant.Next;
        if (step.Kind == StepKind.Begin)
            return Mix(participant.History, 2);
        SharedVariable variable = _variables[interrupted ? participant.Pending : step.Variable];
        ulong history = Mix(participant.History, variable.Written);
        return interrupted || Writes(step) ? Mix(history, variable.ReadSince) : history;
    }

    private void Apply(Participant participant, bool interrupted)
    {
        Step step = participant.Next;
        participant.WasInterrupted = interrupted;
        ulong history = participant.History = HistoryAfter(participant, interrupted);
        if (step.Kind == StepKind.Begin)
            return;
        SharedVariable variable = _variables[interrupted ? participant.Pending : step.Variable];
        bool writes = interrupted || Writes(step);
        participant.Result = variable.Value;
        if (interrupted)
            variable.Value = 0;
        else if (writes)
            Write(participant, step, variable);
        if (writes)
            (variable.Written, variable.ReadSince) = (history, 0);
        else
            variable.ReadSince += history;
    }

    private static void Write(Participant participant, Step step, SharedVariable variable)
    {
        variable.Value = step.Kind switch
        {
            StepKind.Add => participant.Result = variable.Value + step.Value,
            StepKind.Or => variable.Value | step.Value,
            StepKind.Sleep => 0,
            _ => step.Value,
        };
    }

    /// <summary>A thread of the scenario.</summary>
    internal sealed class Participant
    {
        public Participant(Explorer explorer, int id)
        {
            Id = id;
            Thread = new Thread(() => explorer.Live(this)) { IsBackground = true };
            Thread.Start();
        }

        public int Id { get; }

        public Thread Thread { get; }

        public SemaphoreSlim Turn { get; } = new(0);

        public Action Body { get; private set; } = null!;

        /// <summary>The variable that says whether the thread has been interrupted and does not know it yet.</summary>
        public int Pending { get; private set; }

        public bool IsAlive { get; set; }

        public ulong History { get; set; }

        public Step Next { get; set; }

        public int Result { get; set; }

        public bool WasInterrupted { get; set; }

        public void Begin(Action body, int pending) => (Body, Pending, IsAlive, Next, WasInterrupted) = (body, pending, true, default, false);
    }
}

/// <summary>A shared variable, and who wrote and read it last.</summary>
internal sealed class SharedVariable
{
    public int Value { get; set; }

    public ulong Written { get; set; }

    public ulong ReadSince { get; set; }
}

/// <summary>What a thread does next.</summary>
internal readonly record struct Step(StepKind Kind, int Variable, int Value, int Expected)
{
    public bool MayBeInterrupted => Kind is StepKind.Sleep or StepKind.AwaitInterruptibly;
}

internal enum StepKind
{
    /// <summary>The thread begins.</summary>
    Begin,
    Read,
    Exchange,
    CompareExchange,
    Add,
    Or,

    /// <summary>Waits until the variable is not 0, and sets it to 0.</summary>
    Sleep,

    /// <summary>Waits until the variable has a value.</summary>
    Await,

    /// <summary>The same, and may be interrupted.</summary>
    AwaitInterruptibly,
}
