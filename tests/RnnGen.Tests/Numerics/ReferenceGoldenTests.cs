namespace RnnGen.Tests.Numerics;

/// <summary>The reference against PyTorch: every kind of cell and direction in the golden files.</summary>
[Trait("Category", "Numerics")]
public sealed class ReferenceGoldenTests
{
    private const string Suite = "reference";

    /// <summary>The files' values are rounded to float.</summary>
    private const double Tolerance = 2e-7;

    public static TheoryData<string> Cells => GoldenFile.Cells.CasesWhere(description => description.GetProperty("hidden").GetInt32() <= 33);

    public static TheoryData<string> Networks => GoldenFile.Networks.CasesWhere(description => description.TryGetProperty("bidirectional", out _));

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_PyTorch_s(string name)
    {
        GoldenCase golden = GoldenFile.Cells[name];
        int units = golden.Number("hidden");
        ReferenceNetwork network = Create(golden, golden.Text("kind") switch
        {
            "rnn_tanh" => new RnnAttribute(units),
            "rnn_relu" => new RnnAttribute(units) { Activation = Activation.Relu },
            "lstm" => new LstmAttribute(units),
            "lstm_peephole" => new LstmAttribute(units) { Peephole = true },
            "lstm_coupled" => new LstmAttribute(units) { CoupledGates = true },
            "lstm_projected" => new LstmAttribute(units) { Projection = golden.Number("projection") },
            "gru" => new GruAttribute(units),
            "gru_reset_before" => new GruAttribute(units) { Reset = ResetGate.BeforeProduct },
            string kind => throw new InvalidOperationException($"no reference for {kind}"),
        });

        ReferenceResult result = network.Run(golden.Batch(), golden.SideBySide("h0", "c0"), golden["dy"], golden.SideBySide("dhn", "dcn"));

        Check("y", golden["y"], result.Outputs);
        Check("final state", golden.SideBySide("hn", "cn"), result.FinalState);
        Check("d initial state", golden.SideBySide("dh0", "dc0"), result.InitialStateGradients);
        CheckGradients(golden, result);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_stack_with_a_head_is_PyTorch_s(string name)
    {
        GoldenCase golden = GoldenFile.Networks[name];
        int units = golden.Number("hidden");
        Direction direction = golden.Description.GetProperty("bidirectional").GetBoolean() ? Direction.Bidirectional : Direction.Forward;
        bool toLast = name.EndsWith("_last", StringComparison.Ordinal);
        LayerAttribute[] layers = [.. Enumerable.Range(0, golden.Number("layers")).Select(_ => (LayerAttribute)(golden.Text("kind") switch
        {
            "rnn" => new RnnAttribute(units) { Direction = direction },
            "lstm" => new LstmAttribute(units) { Direction = direction },
            _ => new GruAttribute(units) { Direction = direction },
        }))];
        LayerAttribute[] last = toLast ? [new LastStepAttribute()] : [];
        int classes = golden.Number("classes");
        ReferenceNetwork network = Create(golden, [.. layers, .. last, new DenseAttribute(classes)]);
        SequenceBatch batch = golden.Batch();
        bool[] counts = [.. toLast ? Enumerable.Repeat(true, batch.BatchSize) : batch.Mask.ToArray().Select(mask => mask != 0)];
        int[] targets = golden.Integers("targets");
        float[] logitGradients = [.. golden["logits"].Chunk(classes).SelectMany((logits, row) =>
        {
            double sum = logits.Sum(logit => Math.Exp(logit));
            return logits.Select((logit, i) => counts[row] ? (float)((Math.Exp(logit) / sum - (targets[row] == i ? 1 : 0)) / counts.Count(count => count)) : 0);
        })];

        ReferenceResult result = network.Run(batch, new float[batch.BatchSize * network.StateSize], logitGradients, new float[batch.BatchSize * network.StateSize]);

        Check("logits", [.. golden["logits"].Where((_, i) => counts[i / classes])], [.. result.Outputs.Where((_, i) => counts[i / classes])]);
        CheckGradients(golden, result);
    }

    private static ReferenceNetwork Create(GoldenCase golden, params LayerAttribute[] layers)
    {
        var network = new ReferenceNetwork(new NetworkAttribute(golden.Number("input")), layers);
        foreach ((string name, double[] values) in network.Parameters)
            Array.ConvertAll(golden[golden.PyTorchName(name)], value => (double)value).CopyTo(values, 0);
        return network;
    }

    private static void CheckGradients(GoldenCase golden, ReferenceResult result)
    {
        if (golden.Contains("dx"))
            Check("dx", golden["dx"], result.InputGradients);
        foreach ((string name, double[] gradient) in result.Gradients)
            Check("d " + name, golden["d_" + golden.PyTorchName(name)], gradient);
    }

    private static void Check(string what, float[] expected, double[] actual) =>
        Closeness.Check(Suite, what, expected, Array.ConvertAll(actual, value => (float)value), Tolerance);
}
