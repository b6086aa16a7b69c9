namespace RnnGen.Formats.Onnx;

/// <summary>Computes what is known of each value of a graph, node by node, under one reading of the axes of its input.</summary>
internal sealed class GraphRun(OnnxModel model, Reading reading, Budget budget, FoldedConstants constants)
{
    private const int MaxCallDepth = 40;

    private readonly List<string> _notes = [], _warnings = [];
    private bool? _seesLengths;
    private int _depth;
    private bool _isPast; // the last node of a part was computed
    private OnnxNode? _begun; // the first node of a part; another one may have its name where one operator of a file is several nodes

    public OnnxModel Model => model;

    public FoldedConstants Constants => constants;

    /// <summary>Nodes that could be computed: how far this reading led.</summary>
    public int Progress { get; private set; }

    /// <summary>The network's input.</summary>
    public InputVector? Input { get; set; }

    /// <summary>The axes of the network's input.</summary>
    public IReadOnlyList<Dim> InputDims { get; set; } = [];

    /// <summary>Whether a part of the graph is read, and what lies outside of it need not be expressed.</summary>
    public bool IsPart => reading.Part is not null;

    /// <summary>Whether an axis of the input is read as one of size 1 that the file leaves open.</summary>
    public bool AssumesOne { get; set; }

    /// <summary>Turns of the loop that is being computed; −1 for as many as there are time steps.</summary>
    public int Turns { get; set; }

    /// <summary>States that are inputs of the graph.</summary>
    public List<StateVector> States { get; } = [];

    /// <summary>What the last node of a part gives.</summary>
    public Knowledge? PartOutput { get; private set; }

    public IReadOnlyList<string> Notes => _notes;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
            _notes.Add(sentence);
    }

    public void Warn(string sentence)
    {
        if (!_warnings.Contains(sentence))
            _warnings.Add(sentence);
    }

    /// <summary>
    /// Notes whether a node that goes along time steps is told how long each sequence is. A network has one mask for all of its layers: false where a node
    /// before was told otherwise.
    /// </summary>
    public bool SeesLengths(bool sees)
    {
        _seesLengths ??= sees;
        return _seesLengths == sees;
    }

    /// <summary>Whether a node refused the axes that this reading gives it.</summary>
    public bool HasWrongAxes { get; set; }

    /// <summary>Counts values before they are made.</summary>
    public void Spend(long values) => budget.Spend(values);

    /// <summary>The network's input as this reading has it.</summary>
    public Knowledge ReadInput(string name, IReadOnlyList<int>? shape, bool isInteger) => reading.Input(this, name, shape, isInteger);

    /// <summary>Computes all nodes of a graph.</summary>
    public void Compute(OnnxGraph graph, Scope scope)
    {
        if (++_depth > MaxCallDepth)
            throw new FormatException($"expected graphs in graphs at most {MaxCallDepth} deep, got more");
        foreach (OnnxNode node in graph.Nodes)
            Compute(node, scope);
        _depth--;
    }

    /// <summary>Whether a node is in a graph, or in a graph within it.</summary>
    public static bool Contains(OnnxGraph graph, string name) =>
        graph.Nodes.Any(node => node.IsCalled(name) || node.Attributes.Values.Any(attribute => attribute.Graph is { } inner && Contains(inner, name)));

    /// <summary>Whether the branch of a condition that cannot be decided is to be entered, since the part that is read begins or ends there.</summary>
    public bool IsWanted(OnnxGraph graph) => reading.Part is { } part && ((!_isPast && Contains(graph, part.First)) || (!_isPast && Contains(graph, part.Last)));

    private void Compute(OnnxNode node, Scope scope)
    {
        Spend(16);
        Knowledge?[] inputs = [.. node.Inputs.Select(name => name.Length == 0 ? null : scope.Find(name)
            ?? throw new FormatException($"node {Text.Quote(node.DisplayName)}: expected inputs that were computed before, got {Text.Quote(name)}"))];
        if (reading.Part is { } part && node.IsCalled(part.First) && (_begun ??= node) == node)
            Begin(node, inputs, scope);
        IReadOnlyList<Knowledge> outputs = Outputs(node, inputs, scope);
        for (int index = 0; index < node.Outputs.Count; index++)
            if (node.Outputs[index].Length > 0)
                scope.Set(node.Outputs[index], index < outputs.Count ? outputs[index] : Missing(node, index));
        if (reading.Part is { } ending && node.IsCalled(ending.Last))
            (PartOutput, _isPast) = (outputs.Count > 0 ? outputs[0] : null, true);
    }

    private IReadOnlyList<Knowledge> Outputs(OnnxNode node, Knowledge?[] inputs, Scope scope)
    {
        try
        {
            IReadOnlyList<Knowledge> outputs = ControlOperators.Compute(this, node, inputs, scope) ?? constants.Of(node, inputs, () => Operators.Compute(this, node, inputs));
            if (!outputs.Any(output => output is Refused))
                Progress++;
            return outputs;
        }
        catch (Exception refusal) when (refusal is UnsupportedLayerException or OverflowException)
        {
            FormatException cause = refusal as FormatException ?? new UnsupportedLayerException(node.DisplayName, node.Kind, "its sizes are too large");
            return [.. node.Outputs.Select(_ => new Refused(cause, Operators.ShapeOf(node, inputs)))];
        }
    }

    private static Refused Missing(OnnxNode node, int index) =>
        new(new UnsupportedLayerException(node.DisplayName, node.Kind, $"its output {index} is needed, but is not supported"));

    /// <summary>The first node of a part: what it reads is the network's input.</summary>
    private void Begin(OnnxNode node, Knowledge?[] inputs, Scope scope)
    {
        int at = Array.FindIndex(inputs, input => input is Refused or Tensor { IsConstant: false });
        string? name = at >= 0 ? node.Inputs[at] : null;
        if (node.Operator == "If" && name is null)
            throw new FormatException($"node {Text.Quote(node.DisplayName)}: expected a first node that reads data, got a condition");
        if (name is null)
            throw new FormatException($"node {Text.Quote(node.DisplayName)}: expected a first node that reads data, got one that reads constants");
        IReadOnlyList<int>? shape = inputs[at] is Tensor known ? [.. known.Dims.Select(dim => dim.Size)] : ((Refused)inputs[at]!).Shape;
        shape = scope.Graph.Values.TryGetValue(name, out OnnxValue? value) && value.Shape is { } stated ? [.. stated.Select(size => size ?? -1)] : shape;
        inputs[at] = ReadInput(name, shape ?? Operators.InputShapeOf(node, inputs), isInteger: false);
        scope.Set(name, inputs[at]!);
    }
}
