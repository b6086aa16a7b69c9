using RnnGen.Runtime;

namespace RnnGen.Tests.Memory.Workers;

/// <summary>What is wrong with a <see cref="ModelHost"/>: each takes away what the protocol rests on.</summary>
internal enum HostFault
{
    None,

    /// <summary>To enter is to look, and then to write.</summary>
    EntersInTwoSteps,

    /// <summary>Whoever ends the team does not see that someone is inside.</summary>
    EndsAtOnce,

    /// <summary>Whoever leaves does not see that the team has ended.</summary>
    LeavesUnaware,

    /// <summary>Workers count themselves out by a look and a write.</summary>
    CountsInTwoSteps,

    /// <summary>The note of who sleeps becomes visible after the look that follows it: a write that is no fence.</summary>
    NotesLate,

    /// <summary>The second thread cannot be started.</summary>
    StartsOneThread,
}

/// <summary>A team's host whose steps an <see cref="Explorer"/> puts in order.</summary>
internal readonly struct ModelHost : IWorkerHost<ModelHost>
{
    private const int FirstNote = 3;
    private readonly Explorer _explorer;
    private readonly int[] _variables;
    private readonly int[] _places;
    private readonly Dictionary<int, int> _late = new();

    private ModelHost(Explorer explorer, int variables, int places)
    {
        _explorer = explorer;
        _variables = [.. Enumerable.Range(0, variables).Select(_ => explorer.Variable())];
        _places = [.. Enumerable.Range(0, places).Select(_ => explorer.Variable())];
    }

    /// <inheritdoc/>
    public static int Spins => 0;

    private bool IsTeam => _places.Length == 0;

    /// <inheritdoc/>
    public static ModelHost Create(int variables, int places) => new(Explorer.Current, variables, places);

    /// <inheritdoc/>
    public int Read(int variable)
    {
        int found = _explorer.Take(StepKind.Read, _variables[variable]);
        if (_late.Remove(_explorer.Running.Id, out int note))
            _explorer.Take(StepKind.Exchange, note, 1);
        return found;
    }

    /// <inheritdoc/>
    public int Exchange(int variable, int value)
    {
        if (_explorer.Fault == HostFault.NotesLate && variable >= FirstNote && value == 1)
        {
            _late[_explorer.Running.Id] = _variables[variable];
            return 0;
        }

        return _explorer.Take(StepKind.Exchange, _variables[variable], value);
    }

    /// <inheritdoc/>
    public int CompareExchange(int variable, int value, int expected)
    {
        if (_explorer.Fault != HostFault.EntersInTwoSteps)
            return _explorer.Take(StepKind.CompareExchange, _variables[variable], value, expected);
        int was = _explorer.Take(StepKind.Read, _variables[variable]);
        if (was == expected)
            _explorer.Take(StepKind.Exchange, _variables[variable], value);
        return was;
    }

    /// <inheritdoc/>
    public int Add(int variable, int value)
    {
        if (_explorer.Fault == HostFault.CountsInTwoSteps && !IsTeam)
        {
            int sum = _explorer.Take(StepKind.Read, _variables[variable]) + value;
            _explorer.Take(StepKind.Exchange, _variables[variable], sum);
            return sum;
        }

        int now = _explorer.Take(StepKind.Add, _variables[variable], value);
        return _explorer.Fault == HostFault.LeavesUnaware && IsTeam ? 0 : now;
    }

    /// <inheritdoc/>
    public int Or(int variable, int bits)
    {
        int was = _explorer.Take(StepKind.Or, _variables[variable], bits);
        return _explorer.Fault == HostFault.EndsAtOnce ? 0 : was;
    }

    /// <inheritdoc/>
    public void Pause(int look)
    {
    }

    /// <inheritdoc/>
    public void Sleep(int place) => _explorer.Take(StepKind.Sleep, _places[place]);

    /// <inheritdoc/>
    public void Wake(int place) => _explorer.Take(StepKind.Exchange, _places[place], 1);

    /// <inheritdoc/>
    public void Interrupt() => _explorer.Take(StepKind.Exchange, _explorer.Running.Pending, 1);

    /// <inheritdoc/>
    public void Start(int place, Action serve)
    {
        if (_explorer.Fault == HostFault.StartsOneThread && place == 2)
            throw new OutOfMemoryException();
        _explorer.Start(serve);
    }
}
