namespace RnnGen.Formats.Onnx;

/// <summary>RNN, LSTM and GRU with all of their attributes.</summary>
internal static class RecurrentOperators
{
    /// <summary>The attributes that all three have.</summary>
    public static readonly string[] Attributes = ["activation_alpha", "activation_beta", "activations", "clip", "direction", "hidden_size", "layout", "output_sequence"];

    public static IReadOnlyList<Knowledge> Recurrent(NodeCall call)
    {
        Tensor x = call[0];
        bool batchFirst = call.Integer("layout", 0) != 0;
        (Dim time, Dim batch) = AxesOf(call, x, batchFirst);
        bool isStep = time.Axis == Axis.Data;
        RecurrentLayer layer = Layer(call, x, isStep, batchFirst, batch);
        var all = new RecurrentVector(call.Node, ArithmeticOperators.Computed(call, x), layer);
        Dim directions = Dim.Data(layer.Attribute.Direction == Direction.Bidirectional ? 2 : 1), units = Dim.Data(layer.OutputSize / directions.Size);
        Dim[] finalDims = batchFirst ? [batch, directions, units] : [directions, batch, units];
        Tensor y = Tensor.Of(batchFirst ? [batch, time, directions, units] : [time, directions, batch, units], all);

        // A graph that is one step ends with what it gives.
        Tensor h = isStep ? Tensor.Of(finalDims, all) : Tensor.Of(finalDims, new FinalVector(call.Node, all, isCell: false));
        return call.Node.Operator == "LSTM" ? [y, h, Tensor.Of(finalDims, new FinalVector(call.Node, all, isCell: true))] : [y, h];
    }

    /// <summary>The axes of time and of sequences of what a recurrent operator reads; one time step may be an axis of data.</summary>
    public static (Dim Time, Dim Batch) AxesOf(NodeCall call, Tensor x, bool batchFirst)
    {
        if (x.Rank != 3)
            throw call.Refuse($"expected X with 3 axes, got {x.Rank}");
        (Dim time, Dim batch) = batchFirst ? (x.Dims[1], x.Dims[0]) : (x.Dims[0], x.Dims[1]);
        if (time.Axis != Axis.Time && time != Dim.Data(1))
            throw call.RefuseAxes($"its time steps are {time.Size} {NodeCall.Word(time.Axis)}");
        if (batch.Axis != Axis.Batch && batch != Dim.Data(1))
            throw call.RefuseAxes($"its sequences are {batch.Size} {NodeCall.Word(batch.Axis)}");
        call.ExpectFeatures(x, 2);
        return (time, batch);
    }

    private static RecurrentLayer Layer(NodeCall call, Tensor x, bool isStep, bool batchFirst, Dim batch)
    {
        Tensor w = call[1], r = call[2];
        if (w.Rank != 3 || r.Rank != 3)
            throw call.Refuse($"expected W and R with 3 axes, got {w.Rank} and {r.Rank}");
        RecurrentAttributes attributes = AttributesOf(call, r.Dims[2].Size);
        (int directions, int rows) = (attributes.Directions, checked(attributes.Gates * attributes.Units));
        Expect(w, "W", directions, rows, x.Count);
        Expect(r, "R", directions, rows, attributes.Units);
        bool isLstm = call.Node.Operator == "LSTM";
        float[]? b = Weights(3, "B", directions, 2 * rows), p = isLstm ? Weights(7, "P", directions, 3 * attributes.Units) : null;
        Lengths(call, x, batchFirst);
        (float[]? learnedHidden, Cell[]? givenHidden) = First(call, 5, attributes, batchFirst, batch);
        (float[]? learnedCell, Cell[]? givenCell) = isLstm ? First(call, 6, attributes, batchFirst, batch) : (null, null);
        if (isStep && (givenHidden is null || (isLstm && givenCell is null)))
            throw call.Refuse("it computes one step from a state that is always the same, expected a state that is an input");
        if ((givenHidden is null) != (givenCell is null) && isLstm)
            throw call.Refuse("one of its states is an input and the other is not");
        try
        {
            return RecurrentConversion.Convert(attributes, call.Weights(w, "W"), call.Weights(r, "R"), b, p, learnedHidden, learnedCell) with { FirstHidden = givenHidden, FirstCell = givenCell, IsStep = isStep };
        }
        catch (NotSupportedException reason)
        {
            throw call.Refuse(reason.Message);
        }

        float[]? Weights(int input, string name, params int[] shape)
        {
            if (call.Optional(input) is not { } given)
                return null;
            Expect(given, name, shape);
            return call.Weights(given, name);
        }

        void Expect(Tensor given, string name, params int[] shape)
        {
            if (!given.Dims.Select(dim => dim.Cells).SequenceEqual(shape) || !given.IsConstant)
                throw call.Refuse($"expected {name} constant and {Text.Shape(shape)}, got {Text.Shape(given.Dims.Select(dim => dim.Size))}");
        }
    }

    private static RecurrentAttributes AttributesOf(NodeCall call, int units)
    {
        if (units < 1 || call.Integer("hidden_size", units) != units)
            throw call.Refuse($"its hidden_size is {call.Integer("hidden_size", units)}, R has {units} units");
        Direction direction = call.Word("direction", "forward") switch
        {
            "forward" => Direction.Forward,
            "reverse" => Direction.Reverse,
            "bidirectional" => Direction.Bidirectional,
            var other => throw call.Refuse($"its direction is {Text.Quote(other)}, which ONNX does not have"),
        };
        if (call.Has("clip") && !(call.Float("clip", 0) is > 0 and < float.PositiveInfinity))
            throw call.Refuse($"its clip is {call.Float("clip", 0)}, expected more than 0");
        bool after = call.Integer("linear_before_reset", 0) != 0;
        if (call.Node.Operator == "GRU" && !after && call.Run.Model.Producer == "pytorch")
        {
            call.Run.Warn($"GRU {Text.Quote(call.Node.DisplayName)}: pytorch {Text.Shorten(call.Run.Model.ProducerVersion)} wrote linear_before_reset = 0. PyTorch has no such GRU: its exporter by "
                + "torch.export (2.10 and others) leaves the attribute out and so writes a different network from the one that was trained (github.com/microsoft/onnxscript/issues/2852). "
                + "This file is read as it stands; export it again with a version that writes 1.");
        }

        return new RecurrentAttributes(call.Node.Operator, direction, units, Activations(call))
        {
            Clip = call.Float("clip", 0),
            CouplesGates = call.Integer("input_forget", 0) != 0,
            ResetsAfterProduct = after,
        };
    }

    /// <summary>The functions with their numbers: lists of α and β that only functions which have one take from.</summary>
    private static List<ActivationFunction> Activations(NodeCall call)
    {
        IReadOnlyList<string> names = call.Node.Attributes.TryGetValue("activations", out OnnxAttribute? given) ? given.Texts : [];
        var alphas = new Queue<float>(Floats("activation_alpha"));
        var betas = new Queue<float>(Floats("activation_beta"));
        List<ActivationFunction> functions = [];
        foreach (string name in names)
        {
            (bool hasAlpha, bool hasBeta) = ActivationFunction.Parameters(name);
            float? alpha = hasAlpha && alphas.TryDequeue(out float first) ? first : null, beta = hasBeta && betas.TryDequeue(out float second) ? second : null;
            functions.Add(ActivationFunction.Of(name, alpha, beta) ?? throw call.Refuse($"its activation {Text.Quote(name)} with α {alpha} and β {beta} is not one of RnnGen's"));
        }

        if (alphas.Any(value => value != 0) || betas.Any(value => value != 0))
            throw call.Refuse("it has more α or β than its activations take");
        return functions;

        IReadOnlyList<float> Floats(string name) => call.Node.Attributes.TryGetValue(name, out OnnxAttribute? found) ? found.Floats : [];
    }

    private static void Lengths(NodeCall call, Tensor x, bool batchFirst)
    {
        if (call.Optional(4) is not { } lengths)
        {
            call.ExpectLengths(sees: false);
            return;
        }

        int steps = x.Dims[batchFirst ? 1 : 0].Size;
        bool isInput = lengths.Cells().Any(cell => cell.Source is LengthsVector);
        call.ExpectLengths(sees: isInput);
        if (isInput)
            call.Run.Note("The sequence lengths, an input of the file, become the network's mask.");
        else if (steps < 0 || lengths.Cells().Any(cell => !cell.IsSteps && !(cell.IsConstant && cell.Value == steps)))
            throw call.Refuse("its sequence_lens are neither an input nor all steps");
    }

    /// <summary>What a state is before the first step: constants, the same for all sequences; or values of an input.</summary>
    private static (float[]? Learned, Cell[]? Given) First(NodeCall call, int input, RecurrentAttributes attributes, bool batchFirst, Dim batch)
    {
        if (call.Optional(input) is not { } state)
            return (null, null);
        if (state.Rank != 3)
            throw call.Refuse($"expected states with 3 axes, got {state.Rank}");
        Tensor ordered = batchFirst ? state.Transpose([1, 0, 2]) : state; // [directions, sequences, units]
        int sequences = ordered.Dims[1].Cells;
        if (ordered.Dims[0] != Dim.Data(attributes.Directions) || ordered.Dims[2] != Dim.Data(attributes.Units) || ordered.Dims[1].Axis is not (Axis.Data or Axis.Batch))
            throw call.Refuse($"expected states [{attributes.Directions}, {batch.Size}, {attributes.Units}], got {Text.Shape(ordered.Dims.Select(dim => dim.Size))}");
        Cell[] cells = ordered.Cells(), ofFirst = [.. cells.Where((_, index) => index / attributes.Units % Math.Max(sequences, 1) == 0)];
        if (sequences != 1 && cells.Where((cell, index) => cell != ofFirst[(index / (attributes.Units * sequences) * attributes.Units) + (index % attributes.Units)]).Any())
            throw call.Refuse("its sequences begin with different states, expected the same");
        if (Array.TrueForAll(ofFirst, cell => cell.IsConstant))
            return (Array.TrueForAll(ofFirst, cell => cell.Value == 0) ? null : Array.ConvertAll(ofFirst, cell => (float)cell.Value), null);
        return Array.TrueForAll(ofFirst, cell => cell.Source is StateVector) ? (null, ofFirst) : throw call.Refuse("it begins with computed states, expected zero, constants or an input");
    }
}
