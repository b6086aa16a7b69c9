namespace RnnGen.Formats.Onnx;

/// <summary>A node about to be computed: its inputs and attributes as operators ask for them.</summary>
/// <param name="run">The graph's computation.</param>
/// <param name="node">The node.</param>
/// <param name="inputs">Its inputs; null where one is left out.</param>
internal sealed class NodeCall(GraphRun run, OnnxNode node, IReadOnlyList<Tensor?> inputs)
{
    public OnnxNode Node => node;

    public GraphRun Run => run;

    public int OperatorSet => run.Model.OperatorSet;

    public int InputCount => inputs.Count;

    /// <summary>An input that must be there.</summary>
    public Tensor this[int index] => Optional(index) ?? throw Refuse($"expected an input {index}, got none");

    public Tensor? Optional(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>An exception that says why the node cannot be read.</summary>
    public UnsupportedLayerException Refuse(string reason) => new(node.DisplayName, node.Kind, reason);

    /// <summary>Refuses a node that sees a sequence's padding where another one is told the lengths, or the other way round.</summary>
    public void ExpectLengths(bool sees)
    {
        if (!run.SeesLengths(sees))
            throw Refuse(sees ? "it has sequence_lens, and a node before it that goes along time steps has none" : "it sees the steps after the end of a sequence, and a node before it has sequence_lens");
    }

    /// <summary>Refuses axes: under another reading they may be others, so that another refusal says more of the file.</summary>
    public UnsupportedLayerException RefuseAxes(string reason)
    {
        run.HasWrongAxes = true;
        return Refuse(reason);
    }

    public bool Has(string attribute) => node.Attributes.ContainsKey(attribute);

    public long Integer(string attribute, long unlessSet) => node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integer : unlessSet;

    public float Float(string attribute, float unlessSet) => node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Float : unlessSet;

    public string Word(string attribute, string unlessSet) => node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Text : unlessSet;

    public IReadOnlyList<long>? Integers(string attribute) => node.Attributes.TryGetValue(attribute, out OnnxAttribute? found) ? found.Integers : null;

    /// <summary>Whole numbers that operators of one version have as an attribute, of another as an input; null where they have neither.</summary>
    public IReadOnlyList<long>? IntegersOf(string attribute, int input) => Optional(input) is { } given ? Integers(given) : Integers(attribute);

    /// <summary>The whole numbers of an input that must be constant.</summary>
    public IReadOnlyList<long> Integers(Tensor given) => given.IsConstant
        ? Array.ConvertAll(given.Constants, value => value >= long.MaxValue ? long.MaxValue : (long)value)
        : throw Refuse("expected constant sizes, axes or places, got computed ones");

    /// <summary>The values of an input that must be constant and does not depend on step or sequence.</summary>
    public double[] Constants(Tensor given, string what) => given.IsConstant && given.Dims.All(dim => dim.Axis == Axis.Data)
        ? given.Constants
        : throw Refuse($"expected constant {what}, got computed values");

    /// <summary>The same as single precision.</summary>
    public float[] Weights(Tensor given, string what)
    {
        double[] values = Constants(given, what);
        run.Spend(values.Length);
        return Array.ConvertAll(values, value => (float)value);
    }

    /// <summary>An axis, where negative ones count from the end.</summary>
    public int AxisOf(long axis, int rank)
    {
        long counted = axis < 0 ? axis + rank : axis;
        return counted >= 0 && counted < rank ? (int)counted : throw Refuse($"expected an axis of {rank}, got {axis}");
    }

    /// <summary>An axis of data that is the only one with more than one value: what an operator acts on along the features.</summary>
    public void ExpectFeatures(Tensor x, int axis)
    {
        if (x.Dims[axis].Axis != Axis.Data)
            throw Refuse($"expected features along axis {axis}, got {Word(x.Dims[axis].Axis)}");
        if (x.Dims[axis].Size != x.Count)
            throw Refuse($"expected all values of a step along axis {axis}, got {x.Dims[axis].Size} of {x.Count}");
    }

    /// <summary>What an axis counts, in words.</summary>
    public static string Word(Axis axis) => axis switch
    {
        Axis.Time => "time steps",
        Axis.Batch => "sequences",
        Axis.Data => "features",
        _ => "steps and sequences",
    };
}
