namespace RnnGen.Formats.Onnx;

/// <summary>Makes a network of a graph under one reading: inputs, outputs, and states that go from one to the other.</summary>
internal sealed class ModelAssembly(GraphRun run, ImportOptions options)
{
    /// <summary>How a program feeds the graph that was read.</summary>
    public GraphSignature? Signature { get; private set; }

    /// <summary>The network.</summary>
    /// <param name="inputs">The inputs of the graph that are no weights.</param>
    /// <param name="data">Which of them is the network's.</param>
    /// <param name="part">The part that is read.</param>
    public ModelDescription Read(IReadOnlyList<OnnxValue> inputs, int data, (string First, string Last)? part)
    {
        OnnxModel model = run.Model;
        var scope = new Scope(null, model.Graph, run);
        for (int index = 0; index < inputs.Count; index++)
            scope.Set(inputs[index].Name, index == data && part is null ? Data(inputs[index]) : Other(inputs[index]));
        run.Compute(model.Graph, scope);
        List<(string Name, Knowledge Value)> outputs = [.. model.Graph.Outputs.Select(output => (output.Name, scope.Find(output.Name)
            ?? throw new FormatException($"output {Text.Quote(output.Name)}: expected a node that computes it, got none")))];
        if (part is { } ending)
        {
            // A part may begin with the network's own input: states are the graph's, whatever is read.
            Knowledge last = run.PartOutput ?? throw new FormatException($"expected to reach the node {Text.Quote(ending.Last)}, got none: it is in a branch that is not taken, or computes nothing");
            outputs = [.. outputs.Where(output => !ReferenceEquals(output.Value, last)), (ending.Last, last)];
        }

        return Assemble(outputs, part);
    }

    private ModelDescription Assemble(List<(string Name, Knowledge Value)> outputs, (string First, string Last)? part)
    {
        if (run.Input is not { } input)
            throw new FormatException("expected a graph that reads its input, got none");
        Dictionary<string, StateVector> states = StateMatcher.Match(run, outputs, needed: part is null ? outputs : outputs.TakeLast(1));
        (string Name, Knowledge Value)[] own = [.. (part is null ? outputs : outputs.TakeLast(1)).Where(output => !states.ContainsKey(output.Name))];
        if (own.Select(output => output.Value).OfType<Refused>().FirstOrDefault() is { } refused)
            throw refused.Cause;
        (string Name, Tensor Value)[] given = [.. WithoutFinals([.. own.Select(output => (output.Name, (Tensor)output.Value))])];
        Cell[][] cells = [.. given.Select(output => output.Value.Cells())];
        Signature = new GraphSignature(input.Name, run.InputDims, states.ToDictionary(state => state.Value.Name, state => state.Key), [.. given.Select(output => (output.Name, output.Value.Dims))]);
        var order = new VectorOrder(cells.SelectMany(output => output));
        int classes = LayerWriter.Classes(input, order);
        var builder = new ModelBuilder(Source(part), input.IsClass ? classes : input.Size, input.IsClass, options);
        new LayerWriter(run, builder).Write(order, cells);
        foreach (string note in run.Model.Notes.Concat(run.Notes))
            builder.Note(note);
        foreach (string warning in run.Warnings)
            builder.Warn(warning);
        return builder.Build();
    }

    /// <summary>Beside the outputs of each step, the states that layers end with are no outputs of their own.</summary>
    private IEnumerable<(string Name, Tensor Value)> WithoutFinals((string Name, Tensor Value)[] outputs)
    {
        bool hasSteps = outputs.Any(output => output.Value.Cells().All(cell => cell.Source is { IsPerSequence: false }));
        foreach ((string name, Tensor value) in outputs)
        {
            Cell[] cells = value.Cells();
            bool isFinal = cells.All(cell => cell.Source?.Current is FinalVector), isCell = isFinal && cells.All(cell => cell.Source!.Current is FinalVector { IsCell: true });
            if (isFinal && outputs.Length > 1 && (hasSteps || isCell))
                run.Note($"The file's output {Text.Quote(name)} is the final state of a layer; it is the network's state after a run, not one of its outputs.");
            else
                yield return (name, value);
        }
    }

    private string Source((string First, string Last)? part)
    {
        string producer = Text.Shorten(run.Model.Producer), version = Text.Shorten(run.Model.ProducerVersion);
        string whole = run.Model.Source ?? $"ONNX (operators of version {run.Model.OperatorSet}{(producer.Length > 0 ? $", written by {producer} {version}".TrimEnd() : "")})";
        return part is { } nodes ? $"{whole}, nodes {Text.Quote(nodes.First)} to {Text.Quote(nodes.Last)}" : whole;
    }

    private Knowledge Data(OnnxValue input) => input.Type is OnnxType.Text or OnnxType.Bool
        ? throw new FormatException($"input {Text.Quote(input.Name)}: expected numbers, got {input.Type}")
        : run.ReadInput(input.Name, input.Shape is { } shape ? [.. shape.Select(size => size ?? -1)] : null, OnnxTensor.IsInteger(input.Type));

    /// <summary>An input beside the network's own: a state, lengths of sequences, or a number that had better not matter.</summary>
    private Knowledge Other(OnnxValue input)
    {
        if (OnnxTensor.IsInteger(input.Type))
        {
            return input.Shape is { Count: 1 }
                ? Tensor.Of([new Dim(Axis.Batch, input.Shape[0] ?? -1)], new LengthsVector()).AsInteger(true)
                : Tensor.Of([], [Cell.Unknown], isInteger: true);
        }

        if (input.Shape is not { } shape || shape.Count(size => size is null) > 1 || shape.Count > 8)
            return new Refused(new UnsupportedLayerException(input.Name, "input", "expected a state whose sizes are fixed but for the number of sequences"));
        Dim[] dims = [.. shape.Select(size => size is { } known ? Dim.Data(known) : new Dim(Axis.Batch, -1))];
        run.Spend(dims.Aggregate(1L, (product, dim) => checked(product * dim.Cells)));
        var state = new StateVector(input.Name, Tensor.Product(dims));
        run.States.Add(state);
        return Tensor.Of(dims, state);
    }
}
