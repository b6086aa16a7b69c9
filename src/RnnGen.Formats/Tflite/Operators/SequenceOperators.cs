namespace RnnGen.Formats.Tflite;

/// <summary>TensorFlow Lite's recurrent layers as RnnGen's: the one place that knows both gate orders.</summary>
internal static class SequenceOperators
{
    /// <summary>The names of attributes.</summary>
    public const string Function = "activation", TimeMajor = "time_major", CellClip = "cell_clip", ProjectionClip = "proj_clip";

    /// <summary>All of them.</summary>
    public static readonly string[] Attributes = [Function, TimeMajor, CellClip, ProjectionClip];

    public static IReadOnlyList<Knowledge> Lstm(NodeCall call)
    {
        Dim[] axes = AxesOf(call);
        int directions = (call.InputCount - 1) / SequenceTranslation.LstmInputs;
        SequenceLstm[] all = [.. Enumerable.Range(0, directions).Select(direction => new SequenceLstm(call, 1 + (direction * SequenceTranslation.LstmInputs), call[0].Count))];
        SequenceLstm first = all[0];
        if (first.Units < 1)
            throw call.Refuse("expected units, got none");
        if (all.Any(other => !other.IsLike(first)))
            throw call.Refuse("its directions have different sizes or parts, expected the same");
        float clip = call.Float(CellClip, 0), projectionClip = call.Float(ProjectionClip, 0);
        if (!(clip >= 0 && float.IsFinite(clip)) || !(projectionClip >= 0))
            throw call.Refuse($"its cell_clip is {clip} and its proj_clip {projectionClip}, expected 0 or more");
        if (projectionClip > 0 && first.Projection > 0)
            throw call.Refuse($"its proj_clip is {projectionClip}, expected 0: RnnGen does not limit projected states");
        Activation function = FunctionOf(call);
        var layer = new LstmAttribute(first.Units)
        {
            Direction = directions == 2 ? Direction.Bidirectional : Direction.Forward,
            Peephole = first.HasPeepholes,
            CoupledGates = first.IsCoupled,
            Projection = first.Projection,
            CellClip = clip,
            CandidateActivation = function,
            CellActivation = function,
        };
        return Outputs(call, axes, layer, [.. all.SelectMany((direction, index) => direction.Parameters(index == 0 ? "" : "_reverse"))]);
    }

    public static IReadOnlyList<Knowledge> Rnn(NodeCall call)
    {
        const int inputs = 3;
        Dim[] axes = AxesOf(call);
        int directions = (call.InputCount - 1) / inputs, units = call[1].Rank == 2 ? call[1].Dims[0].Cells : 0;
        if (units < 1)
            throw call.Refuse("expected units, got none");
        List<(string, float[])> parameters = [];
        for (int direction = 0; direction < directions; direction++)
        {
            string suffix = direction == 0 ? "" : "_reverse";
            int at = 1 + (direction * inputs);
            parameters.Add(("weight_ih" + suffix, Weights(call, at, units, call[0].Count)));
            parameters.Add(("weight_hh" + suffix, Weights(call, at + 1, units, units)));
            parameters.Add(("bias_ih" + suffix, Weights(call, at + 2, units)));
            parameters.Add(("bias_hh" + suffix, new float[units]));
        }

        var layer = new RnnAttribute(units) { Direction = directions == 2 ? Direction.Bidirectional : Direction.Forward, Activation = FunctionOf(call) };
        return Outputs(call, axes, layer, parameters);
    }

    /// <summary>Constant values of an input that must be there, in the shape that it must have.</summary>
    public static float[] Weights(NodeCall call, int input, params int[] shape)
    {
        Tensor given = call[input];
        return given.IsConstant && given.Dims.Select(dim => dim.Cells).SequenceEqual(shape)
            ? call.Weights(given, "weights")
            : throw call.Refuse($"expected input {input} constant and {Text.Shape(shape)}, got {Text.Shape(given.Dims.Select(dim => dim.Size))}");
    }

    /// <summary>The axes before the features, of which one is time.</summary>
    private static Dim[] AxesOf(NodeCall call)
    {
        bool timeMajor = call.Integer(TimeMajor, 0) != 0;
        (Dim time, Dim batch) = RecurrentOperators.AxesOf(call, call[0], batchFirst: !timeMajor);
        if (time.Axis != Axis.Time)
            throw call.RefuseAxes("its state is kept from step to step, expected an axis of time");
        return timeMajor ? [time, batch] : [batch, time];
    }

    private static Activation FunctionOf(NodeCall call) => call.Integer(Function, 0) switch
    {
        0 => Activation.Linear,
        1 => Activation.Relu,
        4 => Activation.Tanh,
        var other => throw call.Refuse($"its fused activation is number {other}, expected none, RELU or TANH"),
    };

    /// <summary>Both directions side by side, or an output for each.</summary>
    private static IReadOnlyList<Knowledge> Outputs(NodeCall call, Dim[] axes, RecurrentLayerAttribute attribute, IReadOnlyList<(string, float[])> parameters)
    {
        Cell[] cells = new RecurrentVector(call.Node, ArithmeticOperators.Computed(call, call[0]), new RecurrentLayer(attribute, parameters)).Cells();
        int outputs = call.Node.Outputs.Count, size = cells.Length / outputs;
        return [.. Enumerable.Range(0, outputs).Select(output => Tensor.Of([.. axes, Dim.Data(size)], cells[(output * size)..((output + 1) * size)]))];
    }
}
