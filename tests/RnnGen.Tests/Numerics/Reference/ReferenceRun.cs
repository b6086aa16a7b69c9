namespace RnnGen.Tests.Numerics;

/// <summary>A pass over one sequence: the parameters, and the states that the layers take and leave in turn.</summary>
internal sealed class ReferenceRun(Computation computation, IReadOnlyDictionary<string, Variable> parameters, Variable initialState, Variable?[] frames)
{
    private readonly List<Variable> _finalStates = [];
    private int _taken;

    public IReadOnlyDictionary<string, Variable> Parameters => parameters;

    /// <summary>The network's input.</summary>
    public Variable?[] Frames => frames;

    /// <summary>The latest layer's outputs without its activation, where that is apart from them.</summary>
    public ReferenceRows? Logits { get; set; }

    public Variable FinalState => _finalStates.Count == 0 ? computation.Zero(0) : Variable.Concat(_finalStates);

    public Variable Constant(double[] values) => computation.Leaf(values);

    /// <summary>The next part of the initial state.</summary>
    public Variable TakeState(int size)
    {
        _taken += size;
        return initialState.Part(_taken - size, size);
    }

    public void LeaveStates(params IEnumerable<Variable> states) => _finalStates.AddRange(states);
}
