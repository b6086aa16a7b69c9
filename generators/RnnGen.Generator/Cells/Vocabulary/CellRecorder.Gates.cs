using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <content>Gates: PyTorch's stacked parameters, layer normalisation, clip, recurrent dropout.</content>
internal sealed partial class CellRecorder
{
    private const float Epsilon = 1e-5f;
    private readonly Dictionary<string, (string Key, VectorValue Value)> _gates = [];
    private readonly Dictionary<string, string> _dropped = [];
    private readonly HashSet<(string Stack, string Gate)> _multiplied = [];
    private IReadOnlyList<string> _order = [];

    public void GateOrder(IReadOnlyList<string> names)
    {
        foreach (string name in names)
            CheckName("gate", name);
        if (_gates.Count > 0 || _order.Count > 0)
            throw _refuse("GateOrder is called after a gate, or twice", "call it once, before the first gate");
        if (names.Distinct().Count() != names.Count)
            throw _refuse("GateOrder names a gate twice", "name each gate once");
        _order = names;
    }

    /// <summary>A gate's whole pre-activation.</summary>
    public VectorValue Gate(string name, VectorValue x, VectorValue? h)
    {
        var (input, state) = (InputSource(name, x), h is null ? null : StateSource(name, h));
        return Once(name, $"{input} {state}", () =>
        {
            var terms = state is null ? InputTerms(name, input) : [.. InputTerms(name, input), .. StateTerms(name, state)];
            return Whole(name, Sum(name + "Pre", _options.Units, terms));
        });
    }

    /// <summary>The input's part of a gate, or the recurrent one.</summary>
    public VectorValue Part(string name, VectorValue vector, bool isOfState)
    {
        string part = name + (isOfState ? "Hidden" : "Input");
        var source = isOfState ? StateSource(name, vector) : InputSource(name, vector);
        return Once(part, source.ToString(), () => new VectorValue(
            this, Sum(part, _options.Units, isOfState ? StateTerms(name, source) : InputTerms(name, source)), _options.Units) { Gate = name, IsPart = true });
    }

    /// <summary>A value with all that belongs to a gate: layer normalisation of a part, and the clip.</summary>
    public VectorValue Completed(VectorValue value)
    {
        if (value.Gate is not { } gate)
            return value;
        return value.Complete ??= Clipped(gate, value.IsPart ? Normalized(gate, value.Value) : value.Value);
    }

    /// <summary>The sum of two values where it is a gate's as well; null where it is any vector.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">A value.</param>
    /// <param name="add">The operator.</param>
    public VectorValue? Joined(VectorValue left, VectorValue right, Func<Expr, Expr, Expr> add)
    {
        if (left.Gate is { } gate && right.Gate == gate && left.IsPart && right.IsPart)
            return new VectorValue(this, add(left.Value, right.Value), left.Size) { Gate = gate, IsPart = true };
        if ((left.Gate is null) == (right.Gate is null))
            return null;
        var (own, other) = left.Gate is null ? (right, left) : (left, right);
        CheckSizes(own, other);
        Expr whole = own.IsPart ? Normalized(own.Gate!, own.Value) : own.Value, term = Elements(other);
        return new VectorValue(this, left.Gate is null ? add(term, whole) : add(whole, term), own.Size) { Gate = own.Gate };
    }

    /// <summary>The product of two values where one is a part of a gate, which it stays; null where it is any vector.</summary>
    public VectorValue? Scaled(VectorValue left, VectorValue right)
    {
        if ((left.Gate is null) == (right.Gate is null) || !(left.IsPart || right.IsPart))
            return null;
        CheckSizes(left, right);
        var gate = left.Gate ?? right.Gate;
        return left.IsPart
            ? new VectorValue(this, left.Value * Elements(right), left.Size) { Gate = gate, IsPart = true }
            : new VectorValue(this, Elements(left) * right.Value, right.Size) { Gate = gate, IsPart = true };
    }

    private VectorValue Whole(string gate, Expr sum) => new(this, Normalized(gate, sum), _options.Units) { Gate = gate };

    /// <summary>A gate that is asked for twice is the same where it multiplies the same.</summary>
    private VectorValue Once(string name, string key, Func<VectorValue> create)
    {
        CheckName("gate", name);
        if (!_gates.TryGetValue(name, out var known))
            _gates.Add(name, known = (key, create()));
        return known.Key == key ? known.Value : throw _refuse($"the gate '{name}' is used twice, with different vectors", "give the second one its own name");
    }

    /// <summary>
    /// With layer normalisation (Ba, Kiros and Hinton, https://arxiv.org/abs/1607.06450), <c>γ ⊙ (a − mean) / √(variance + 1e-5) + b_ih + b_hh</c>; else the sum.
    /// </summary>
    private Expr Normalized(string gate, Expr sum)
    {
        if (!_options.Normalized)
            return sum;
        if (_recorded.OfType<Recorded.Weight>().Any(weight => weight.Parameter == Stack.Gains && weight.Gate == IndexOf(Stack.Gains, gate)))
            throw _refuse($"the parts of the gate '{gate}' are used separately, so they cannot be normalised together", "add InputGate and StateGate before anything else uses them, or leave out LayerNorm");
        var named = Record(gate + "Sum", new VectorValue(this, sum, _options.Units));
        var centred = Record(gate + "Centred", new VectorValue(this, named.Value - Mean(gate + "Mean", named), _options.Units));
        var square = Record(gate + "Square", new VectorValue(this, centred.Value * centred.Value, _options.Units));
        var scale = Record(gate + "Scale", new VectorValue(
            this, new Apply(Ir.Function.InverseSqrt, Mean(gate + "Variance", square) + Epsilon), _options.Units));
        Expr value = Diagonal(Stack.Gains, gate, gate + "Gain") * (centred.Value * scale.Value);
        if (!_options.Biased)
            return value;
        if (_multiplied.Contains((Stack.InputWeights, gate)))
            value += Diagonal(Stack.InputBias, gate, gate + "InputBias");
        return _multiplied.Contains((Stack.HiddenWeights, gate)) ? value + Diagonal(Stack.HiddenBias, gate, gate + "HiddenBias") : value;
    }

    private Expr Mean(string name, VectorValue value) => Number(name, new NumberSource(null, ((Ir.Variable)value.Value).Name, 0, value.Size)).Value;

    private VectorValue Clipped(string gate, Expr whole) => _options.Clip is { } bound
        ? Record(gate + "Clipped", new VectorValue(this, new Apply(Ir.Function.Clamp(-bound, bound), whole), _options.Units))
        : new VectorValue(this, whole, _options.Units) { Source = null };

    private Expr Diagonal(string parameter, string gate, string variable) => AddWeight(variable, _options.Units, parameter, IndexOf(parameter, gate));

    private Expr Sum(string name, int size, IReadOnlyList<Term> terms)
    {
        if (terms.Where(term => term.Source is not null).GroupBy(term => term.Source).Any(group => group.Count() > 1))
            throw _refuse("a gate multiplies one vector by two matrices", "leave one of them out: their sum is one matrix");
        string own = _names.Take(name);
        _recorded.Add(new Recorded.Sum(own, size, terms));
        return new Ir.Variable(own);
    }

    private Expr AddWeight(string variable, int size, string parameter, int gate)
    {
        string own = _names.Take(variable);
        _recorded.Add(new Recorded.Weight(own, size, parameter, gate));
        return new Ir.Variable(own);
    }

    private IReadOnlyList<Term> InputTerms(string gate, VectorSource source) => Terms(gate, source, Stack.InputWeights, Stack.InputBias);

    private IReadOnlyList<Term> StateTerms(string gate, VectorSource source) => Terms(gate, source, Stack.HiddenWeights, Stack.HiddenBias);

    private IReadOnlyList<Term> Terms(string gate, VectorSource source, string weights, string bias)
    {
        var product = new Term(weights, IndexOf(weights, gate), source);
        _multiplied.Add((weights, gate));
        if (_options.Normalized)
            IndexOf(Stack.Gains, gate);
        if (!_options.Biased)
            return [product];
        var added = new Term(bias, IndexOf(bias, gate), null);
        return _options.Normalized ? [product] : [product, added];
    }

    /// <summary>What <c>weight_ih</c> multiplies.</summary>
    private VectorSource InputSource(string gate, VectorValue x)
    {
        var source = SourceOf(gate + "Frame", x);
        Columns(Stack.InputWeights, source.Kind == SourceKind.Input ? CellGraphBuilder.InputColumns : x.Size, gate);
        return source;
    }

    /// <summary>
    /// What <c>weight_hh</c> multiplies. In training with recurrent dropout a part of it is zeroed, the same part at each step of a sequence (Gal and Ghahramani,
    /// https://arxiv.org/abs/1512.05287).
    /// </summary>
    private VectorSource StateSource(string gate, VectorValue h)
    {
        var source = SourceOf(gate + "Recurrent", h);
        Columns(Stack.HiddenWeights, source.Kind == SourceKind.Input ? CellGraphBuilder.InputColumns : h.Size, gate);
        if (!_options.Drops || source.Kind == SourceKind.Input)
            return source;
        if (Noise is { } size && size != h.Size)
            throw _refuse(
                $"recurrent dropout zeroes elements of {size} and of {h.Size} units by one mask", "let all gates multiply vectors of one size, or leave out RecurrentDropout");
        Noise = h.Size;
        string variable = ForwardText.Variable(source);
        if (!_dropped.TryGetValue(variable, out string? dropped))
        {
            var value = Record(source.Name + "Dropped", new VectorValue(this, new Ir.Variable(variable) * new Ir.Variable(DropoutCell.Noise), h.Size));
            _dropped.Add(variable, dropped = value.Source!.Name);
        }

        return new VectorSource(SourceKind.Stage, dropped);
    }

    /// <summary>A vector that a matrix multiplies: one that has no name gets one.</summary>
    private VectorSource SourceOf(string name, VectorValue value)
    {
        value = Completed(value);
        if (value.Size == 0)
            throw _refuse("a matrix multiplies a single number", "pass a vector");
        if (ReferenceEquals(value, _input))
            return value.Source!;
        CheckElements(value);
        return value.Source ?? Record(name, value).Source!;
    }
}
