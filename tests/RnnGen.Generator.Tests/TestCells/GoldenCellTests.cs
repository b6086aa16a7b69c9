using System.Text.Json;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Cells that only these tests have, from the attribute to the trained network: forward and all gradients against PyTorch. Nothing but their equations is written for
/// them, so what they need, any cell may have.
/// </summary>
public sealed class GoldenCellTests
{
    private const string Suite = "test cells";

    private static readonly Dictionary<string, string> Layers = new()
    {
        ["lstm_peephole"] = "PeepholeLstm",
        ["lstm_coupled"] = "CoupledLstm",
        ["lstm_projected"] = "ProjectedLstm",
        ["gru_reset_before"] = "GruResetBefore",
    };

    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() => IGeneratedNetwork.LoadAll(
        GeneratorRun.Of(new GeneratorSetup { Catalogue = TestCatalogue.All }, [TestCatalogue.Attributes, .. ((IEnumerable<object[]>)Cases).Select(row => Source(GoldenFile.Cells[(string)row[0]]))])));

    public static TheoryData<string> Cases => GoldenFile.Cells.CasesWhere(description => Layers.ContainsKey(description.GetProperty("kind").GetString()!));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_and_gradients_are_those_of_PyTorch(string name)
    {
        var golden = GoldenFile.Cells[name];
        var network = Networks.Value[name];
        golden.CopyWeightsTo(network.Parameters);

        var pass = network.Train(golden.Batch(), States(golden, "h0", "c0"), golden["dy"], States(golden, "dhn", "dcn"));

        Closeness.Check(Suite, "y", golden["y"], pass.Outputs, Closeness.Forward);
        Closeness.Check(Suite, "final state", States(golden, "hn", "cn"), pass.FinalState, Closeness.Forward);
        Closeness.Check(Suite, "dx", golden["dx"], pass.InputGradients, Closeness.Gradient);
        Closeness.Check(Suite, "d initial state", States(golden, "dh0", "dc0"), pass.InitialStateGradients, Closeness.Gradient);
        foreach (var (parameter, gradient) in pass.Gradients)
            Closeness.Check(Suite, "d " + parameter, golden["d_" + golden.PyTorchName(parameter)], gradient, Closeness.Gradient);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_and_runs_are_those_of_PyTorch(string name)
    {
        var golden = GoldenFile.Cells[name];
        var network = Networks.Value[name];
        golden.CopyWeightsTo(network.Parameters);

        for (int sequence = 0; sequence < golden.Number("batch"); sequence++)
        {
            var initial = Row(golden, States(golden, "h0", "c0"), sequence);
            var (outputs, state) = network.Stream(initial, Steps(golden, "x", sequence));
            Closeness.Check(Suite, "y", Steps(golden, "y", sequence), outputs, Closeness.Forward);
            Closeness.Check(Suite, "final state", Row(golden, States(golden, "hn", "cn"), sequence), state, Closeness.Forward);
            Assert.Equal(outputs, network.Run(initial, Steps(golden, "x", sequence)));
        }
    }

    private static string Source(GoldenCase golden)
    {
        string projection = golden.Description.TryGetProperty("projection", out JsonElement size) ? $", {size.GetInt32()}" : "";
        return $"""
            [RnnGen.Network({golden.Number("input")})]
            [TestLayers.{Layers[golden.Text("kind")]}({golden.Number("hidden")}{projection})]
            public sealed partial class {golden.Name};
            """;
    }

    /// <summary>h and c (where the cell has it) side by side, [B, StateSize].</summary>
    private static float[] States(GoldenCase golden, params string[] tensors)
    {
        var states = tensors.Where(golden.Contains).Select(tensor => golden[tensor]).ToList();
        return [.. Enumerable.Range(0, golden.Number("batch")).SelectMany(sequence => states.SelectMany(state => Row(golden, state, sequence)))];
    }

    /// <summary>One sequence's part of values that lie sequence by sequence.</summary>
    private static float[] Row(GoldenCase golden, float[] values, int sequence)
    {
        int size = values.Length / golden.Number("batch");
        return values.AsSpan(sequence * size, size).ToArray();
    }

    /// <summary>One sequence's rows of a tensor [T, B, …].</summary>
    private static float[] Steps(GoldenCase golden, string tensor, int sequence)
    {
        var values = golden[tensor];
        int stepLength = values.Length / golden.Number("steps");
        return [.. values.Chunk(stepLength).SelectMany(step => Row(golden, step, sequence))];
    }
}
