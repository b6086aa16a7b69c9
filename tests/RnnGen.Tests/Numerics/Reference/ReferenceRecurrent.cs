namespace RnnGen.Tests.Numerics;

/// <summary>A recurrent layer: its directions, the loop over time, masks, and what all cells share. The cells have the equations.</summary>
internal abstract class ReferenceRecurrent : ReferenceLayer
{
    private readonly RecurrentLayerAttribute _layer;
    private readonly bool _resets;
    private readonly int[] _stateSizes;

    /// <param name="name">The prefix of its parameters.</param>
    /// <param name="layer">The options.</param>
    /// <param name="sizes">Of the input, the gates' vectors and each state; the first state is the output.</param>
    /// <param name="gates">How many.</param>
    /// <param name="resets">Whether states become 0 at masked steps.</param>
    protected ReferenceRecurrent(string name, RecurrentLayerAttribute layer, (int Input, int Units, int[] States) sizes, int gates, bool resets)
        : base(name, layer is { Direction: Direction.Bidirectional, Merge: Merge.Concat } ? 2 * sizes.States[0] : sizes.States[0])
    {
        (_layer, _resets, _stateSizes, Units) = (layer, resets, sizes.States, sizes.Units);
        foreach (string suffix in Suffixes)
        {
            States.AddRange(sizes.States.Select((size, state) => (size, layer.LearnedState ? $"{name}.{Learned(state, suffix)}" : null)));
            Declare("weight_ih" + suffix, gates * sizes.Units, sizes.Input);
            Declare("weight_hh" + suffix, gates * sizes.Units, sizes.States[0]);
            if (layer.Bias)
                Declare("bias_ih" + suffix, gates * sizes.Units);
            if (layer.Bias)
                Declare("bias_hh" + suffix, gates * sizes.Units);
            for (int state = 0; layer.LearnedState && state < sizes.States.Length; state++)
                Declare(Learned(state, suffix), sizes.States[state]);
            if (layer.LayerNorm)
                Declare("layer_norm" + suffix, gates * sizes.Units);
            DeclareOwn(suffix);
        }
    }

    /// <summary>Units of a gate.</summary>
    protected int Units { get; }

    private IEnumerable<string> Suffixes => _layer.Direction == Direction.Bidirectional ? ["", "_reverse"] : [""];

    public override ReferenceRows Forward(ReferenceRows rows, ReferenceRun run)
    {
        if (_layer.Direction != Direction.Bidirectional)
            return Follow(rows, run, "", _layer.Direction == Direction.Reverse);
        ReferenceRows forward = Follow(rows, run, "", reverse: false);
        ReferenceRows reverse = Follow(rows, run, "_reverse", reverse: true);
        return new(
            [.. forward.Steps.Zip(reverse.Steps, (one, other) => one is null ? null : Merged(one, other!))],
            Merged(forward.Last, reverse.Last));
    }

    /// <summary>Declares the parameters that only this kind of cell has.</summary>
    protected virtual void DeclareOwn(string suffix)
    {
    }

    /// <summary>The states after a step.</summary>
    protected abstract Variable[] Next(ReferenceStep step, Variable[] states);

    /// <summary>A pre-activation, <c>a + b</c> or, normalized, <c>γ ⊙ (a − mean) / √(variance + 1e-5) + b</c>, b with what else is given; clipped.</summary>
    protected Variable Sum(ReferenceStep step, int gate, Variable product, params Variable?[] others)
    {
        Variable sum = Normalized(step, gate, product);
        foreach (Variable? other in others)
            sum = sum.PlusIfAny(other);
        return Clipped(sum);
    }

    protected Variable Normalized(ReferenceStep step, int gate, Variable product) =>
        _layer.LayerNorm ? product.Normalize(1e-5) * step.Vector("layer_norm", gate)! : product;

    protected Variable Clipped(Variable sum) => _layer.Clip == 0 ? sum : sum.Clip(_layer.Clip);

    private ReferenceRows Follow(ReferenceRows rows, ReferenceRun run, string suffix, bool reverse)
    {
        Variable[] states = [.. _stateSizes.Select((size, state) => run.TakeState(size).Replaced(Find(run, Learned(state, suffix))))];
        var outputs = new Variable?[rows.Steps.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            int at = reverse ? outputs.Length - 1 - i : i;
            if (rows.Steps[at] is Variable x)
            {
                states = Next(new ReferenceStep(x, Units, parameter => Find(run, parameter + suffix)), states);
                outputs[at] = states[0];
            }
            else if (_resets)
            {
                states = Array.ConvertAll(_stateSizes, size => run.Constant(new double[size]));
            }
        }

        run.LeaveStates(states);
        return reverse ? new(outputs, outputs.First(row => row is not null)!) : new(outputs);
    }

    private static string Learned(int state, string suffix) => "initial_" + "hc"[state] + suffix;

    private Variable Merged(Variable forward, Variable reverse) => _layer.Merge switch
    {
        Merge.Sum => forward + reverse,
        Merge.Average => 0.5 * (forward + reverse),
        Merge.Multiply => forward * reverse,
        _ => Variable.Concat(forward, reverse),
    };
}

/// <summary>What a cell's equations are written with: a step's input, and the parameters of one direction, gate by gate.</summary>
internal sealed class ReferenceStep(Variable x, int units, Func<string, Variable?> find)
{
    /// <summary>The rows of one gate of a matrix times a vector; the input unless another is given.</summary>
    public Variable Product(string matrix, int gate, Variable? vector = null) => find(matrix)!.Product(gate * units, units, vector ?? x);

    /// <summary><c>W x + U h</c>.</summary>
    public Variable Products(int gate, Variable h) => Product("weight_ih", gate) + Product("weight_hh", gate, h);

    /// <summary>The rows of one gate of a vector, or null where the layer has none.</summary>
    public Variable? Vector(string name, int gate) => find(name)?.Part(gate * units, units);

    /// <summary>A whole parameter, or null where the layer has none.</summary>
    public Variable? Find(string name) => find(name);
}
