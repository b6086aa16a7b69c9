namespace RnnGen.Cells.Tests;

/// <summary>A cell, its published equations, and a network of it alone whose weights, inputs and passes a test may ask for.</summary>
internal sealed class CellCase
{
    private const int Steps = 7;
    private static readonly int[] Lengths = [7, 3, 5];
    private readonly PublishedStep _step;
    private readonly string[] _states;
    private readonly float[][] _sequences;

    private CellCase(string name, CellAttribute cell, PublishedStep step, string[] states, int inputSize)
    {
        (Name, Cell, _step, _states) = (name, cell, step, states);
        var random = new Random(2);
        // Above 0: a feature may be a time difference.
        _sequences = [.. Lengths.Select(length => Enumerable.Range(0, length * inputSize).Select(_ => 0.1f + (float)random.NextDouble()).ToArray())];
        OutputGradients = [.. Enumerable.Range(0, Steps * Lengths.Length * cell.Units).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        InputSize = inputSize;
    }

    public string Name { get; }

    public CellAttribute Cell { get; }

    public int InputSize { get; }

    public float[] OutputGradients { get; }

    /// <summary>What the network computed: by tape, <c>Run</c> on one sequence, steps, and <c>Run</c> on the batch.</summary>
    public required float[][] Outputs { get; init; }

    public required IReadOnlyDictionary<string, float[]> Gradients { get; init; }

    public required float[] InputGradients { get; init; }

    public required Dictionary<string, double[]> Parameters { get; init; }

    public required IReadOnlyList<string> Fixed { get; init; }

    public static CellCase Of<TNetwork>(CellAttribute cell, PublishedStep step, params string[] states)
        where TNetwork : class, INetwork<TNetwork>
    {
        var made = new CellCase(typeof(TNetwork).Name, cell, step, states, TNetwork.InputSize) { Outputs = [], Gradients = null!, InputGradients = [], Parameters = [], Fixed = [] };
        var network = TNetwork.Create(5);
        var random = new Random(3);
        foreach (var parameter in network.Parameters)
            parameter.Set([.. parameter.ToArray().Select(value => value + (0.4f * (float)(random.NextDouble() - 0.5)))]);
        var batch = SequenceBatch.Pad(made._sequences, TNetwork.InputSize, Padding.Trailing);
        using var tape = TNetwork.CreateTape(Steps, Lengths.Length);
        network.Forward(tape, batch);
        float[] taped = tape.Outputs.ToArray(), ran = new float[taped.Length], whole = new float[Steps * cell.Units], stepped = new float[whole.Length];
        network.Backward(tape, made.OutputGradients);
        network.Run(batch, ran);
        network.Reset();
        network.Run(made._sequences[0], whole);
        network.Reset();
        for (int at = 0; at < Steps; at++)
            network.Step(made._sequences[0].AsSpan(at * TNetwork.InputSize, TNetwork.InputSize), stepped.AsSpan(at * cell.Units, cell.Units));
        string prefix = network.Parameters[0].Name.Split('.')[0] + ".";
        return new CellCase(made.Name, cell, step, states, TNetwork.InputSize)
        {
            Outputs = [taped, ran, whole, stepped],
            Gradients = network.Parameters.ToDictionary(parameter => parameter.Name[prefix.Length..], parameter => tape.Gradients[parameter.Name].ToArray()),
            InputGradients = tape.InputGradients.ToArray(),
            Parameters = network.Parameters.ToDictionary(
                parameter => parameter.Name[prefix.Length..], parameter => parameter.ToArray().Select(value => (double)value).ToArray()),
            Fixed = [.. network.Parameters.Where(parameter => !parameter.IsTrained).Select(parameter => parameter.Name[prefix.Length..])],
        };
    }

    /// <summary>The frames of each sequence, which a test may change.</summary>
    public double[][][] Frames() => [.. _sequences.Select(sequence =>
        Enumerable.Range(0, sequence.Length / InputSize).Select(step => sequence.Skip(step * InputSize).Take(InputSize).Select(value => (double)value).ToArray()).ToArray())];

    /// <summary>The published equations over each sequence, <c>[sequence][step][unit]</c>.</summary>
    public double[][][] Published(double[][][] frames) => [.. frames.Select(sequence =>
    {
        var states = _states.ToDictionary(state => state.Split(':')[0], state => new double[state.Contains(':') ? int.Parse(state.Split(':')[1]) : Cell.Units]);
        return sequence.Select(frame => _step(new Weights(Parameters), frame, states)).ToArray();
    })];

    /// <summary>The loss whose gradients the network computed, by the published equations.</summary>
    public double Loss(double[][][] frames)
    {
        double loss = 0;
        double[][][] outputs = Published(frames);
        for (int sequence = 0; sequence < outputs.Length; sequence++)
            for (int step = 0; step < outputs[sequence].Length; step++)
                for (int unit = 0; unit < Cell.Units; unit++)
                    loss += outputs[sequence][step][unit] * OutputGradients[(((step * Lengths.Length) + sequence) * Cell.Units) + unit];
        return loss;
    }
}
