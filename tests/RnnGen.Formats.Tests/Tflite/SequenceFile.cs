namespace RnnGen.Formats.Tests.Tflite;

/// <summary>A file with one fused recurrent operator of random weights, and what the operator's text says that it computes, in double precision.</summary>
internal sealed class SequenceFile
{
    public const int Features = 3, Units = 4, Steps = 7;

    private readonly Random _random = new(5);
    private readonly List<SequenceCell> _cells = [];

    private SequenceFile()
    {
    }

    public TfliteWriter Writer { get; } = new();

    /// <summary>The places of the operator's inputs, the first one its input, and of its outputs.</summary>
    public List<int> Inputs { get; } = [];

    public List<int> Outputs { get; } = [];

    /// <summary>An LSTM of one direction or two.</summary>
    public static SequenceFile Lstm(SequenceOptions options, int directions = 1, bool merges = true)
    {
        var file = new SequenceFile();
        file.Begin(options);
        for (int direction = 0; direction < directions; direction++)
            file.AddLstm(options, $"d{direction}");
        for (int direction = 0; direction < directions; direction++)
            file.Inputs.AddRange([file.Writer.State($"h{direction}", 1, options.Projection > 0 ? options.Projection : Units), file.Writer.State($"c{direction}", 1, Units)]);
        file.Inputs.AddRange(Enumerable.Repeat(-1, directions == 1 ? 4 : 9));
        FlatFields fields = new() { [0] = options.Activation, [1] = options.CellClip };
        fields[directions == 1 ? 3 : 4] = (byte)(options.TimeMajor ? 1 : 0);
        if (directions == 2)
            fields[3] = (byte)(merges ? 1 : 0);
        file.End(options, directions == 1 ? 44 : 52, directions == 1 ? 71 : 69, fields, merges ? 1 : 2);
        return file;
    }

    /// <summary>A plain recurrent layer.</summary>
    public static SequenceFile Rnn(SequenceOptions options, int directions = 1, bool merges = true)
    {
        var file = new SequenceFile();
        file.Begin(options);
        for (int direction = 0; direction < directions; direction++)
        {
            SequenceCell cell = new(options, Units) { Weights = { ["x"] = file.Add($"x{direction}", Units, Features), ["h"] = file.Add($"r{direction}", Units, Units), ["b"] = file.Add($"b{direction}", Units) } };
            file._cells.Add(cell);
            file.Inputs.Add(file.Writer.State($"h{direction}", 1, Units));
        }

        file.Inputs.AddRange(directions == 1 ? [] : [-1, -1, -1]);
        FlatFields fields = new() { [0] = (byte)(options.TimeMajor ? 1 : 0), [1] = options.Activation };
        if (directions == 2)
            fields[2] = (byte)(merges ? 1 : 0);
        file.End(options, directions == 1 ? 35 : 46, directions == 1 ? 31 : 70, fields, merges ? 1 : 2);
        return file;
    }

    public byte[] Bytes() => Writer.Bytes([Inputs[0]], [.. Outputs]);

    /// <summary>What the operator gives, step after step, its directions side by side.</summary>
    public double[] Expected(float[] x)
    {
        double[][] frames = [.. x.Chunk(Features).Select(frame => Array.ConvertAll(frame, value => (double)value))];
        double[][][] all = [.. _cells.Select((cell, direction) => direction == 0 ? cell.Run(frames) : [.. cell.Run([.. frames.Reverse()]).Reverse()])];
        return [.. Enumerable.Range(0, frames.Length).SelectMany(step => all.SelectMany(direction => direction[step]))];
    }

    private void Begin(SequenceOptions options) => Inputs.Add(Writer.Tensor("input", options.TimeMajor ? [Steps, 1, Features] : [1, Steps, Features]));

    private void End(SequenceOptions options, int code, int type, FlatFields fields, int outputs)
    {
        int width = _cells.Sum(cell => cell.Size) / outputs;
        for (int output = 0; output < outputs; output++)
            Outputs.Add(Writer.Tensor($"output{output}", options.TimeMajor ? [Steps, 1, width] : [1, Steps, width]));
        Writer.Operator(code, [.. Inputs], [.. Outputs], type, fields);
    }

    private void AddLstm(SequenceOptions options, string name)
    {
        var cell = new SequenceCell(options, options.Projection > 0 ? options.Projection : Units);
        foreach (string gate in (string[])["i", "f", "c", "o"])
            AddGate("x" + gate, gate != "i" || !options.Couples, Units, Features);
        foreach (string gate in (string[])["i", "f", "c", "o"])
            AddGate("h" + gate, gate != "i" || !options.Couples, Units, cell.Size);
        foreach (string gate in (string[])["i", "f", "o"])
            AddGate("p" + gate, options.Peepholes && (gate != "i" || !options.Couples), Units);
        foreach (string gate in (string[])["i", "f", "c", "o"])
            AddGate("b" + gate, gate != "i" || !options.Couples, Units);
        AddGate("projection", options.Projection > 0, options.Projection, Units);
        Inputs.Add(-1);
        _cells.Add(cell);

        void AddGate(string part, bool isThere, params int[] shape)
        {
            if (isThere)
                cell.Weights[part] = Add(name + part, shape);
            else
                Inputs.Add(-1);
        }
    }

    private double[] Add(string name, params int[] shape)
    {
        float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => (2 * _random.NextSingle()) - 1)];
        Inputs.Add(Writer.Weights(name, shape, values));
        return Array.ConvertAll(values, value => (double)value);
    }
}

/// <summary>What may be set of a fused operator.</summary>
internal sealed record SequenceOptions
{
    public bool Peepholes { get; init; }

    public bool Couples { get; init; }

    public int Projection { get; init; }

    public float CellClip { get; init; }

    public bool TimeMajor { get; init; }

    /// <summary>4 is tanh, 1 is ReLU, 0 none.</summary>
    public byte Activation { get; init; } = 4;
}
