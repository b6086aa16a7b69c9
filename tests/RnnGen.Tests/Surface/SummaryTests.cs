using RnnGen.Runtime;
using RnnGen.Tests.Graphs;
using RnnGen.Tests.Numerics;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>What a network and its parts say of themselves, in a console and in a debugger.</summary>
public sealed class SummaryTests
{
    [Fact]
    public void A_network_in_a_table()
    {
        using var network = new TwoKinds(seed: 1);
        string[] lines = network.Summary().Split('\n');
        NetworkLayout layout = Layout<TwoKinds>();

        Assert.StartsWith($"TwoKinds: {TwoKinds.InputSize} features in, {TwoKinds.OutputSize} out, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(["layer", "kind", "output", "parameters", "multiply-adds"], Cells(lines[1]));
        for (int i = 0; i < layout.Layers.Count; i++)
        {
            LayerLayout layer = layout.Layers[i];
            int parameters = network.Parameters.Where(parameter => parameter.Name.StartsWith(layer.Name + ".", StringComparison.Ordinal)).Sum(parameter => parameter.Count);
            Assert.Equal([layer.Name, layer.Kind, $"{layer.OutputSize}", $"{parameters}", $"{layer.MultiplyAdds}"], Cells(lines[2 + i]));
        }

        Assert.Equal(["total", $"{TwoKinds.OutputSize}", $"{TwoKinds.ParameterCount}", $"{layout.Layers.Sum(layer => layer.MultiplyAdds)}"], Cells(lines[2 + layout.Layers.Count]));
        Assert.Contains($"weights: {(TwoKinds.ParameterCount * 4).ToString("N0", System.Globalization.CultureInfo.InvariantCulture)} bytes", network.Summary(), StringComparison.Ordinal);
        Assert.Contains($"instruction set: {RnnGen.Simd.Active}", lines[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_in_a_table()
    {
        using var network = new NoiseSuppressor(seed: 1);
        string[] lines = network.Summary().Split('\n');

        Assert.Equal("NoiseSuppressor: 42 features in, 23 out, one output per time step", lines[0]);
        Assert.Equal(["layer", "kind", "output", "parameters", "multiply-adds", "reads"], Cells(lines[1]));
        Assert.Equal(["dense", "Dense", "24", "1032", "1008", "input"], Cells(lines[2]));
        Assert.Equal(["vad_gru", "Gru", "24", "3600", "3456", "dense"], Cells(lines[3]));
        Assert.EndsWith("  dense, vad_gru, input", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("  vad_gru, noise_gru, input", lines[6], StringComparison.Ordinal);
        Assert.Equal(["total", "23", $"{NoiseSuppressor.ParameterCount}"], Cells(lines[8])[..3]);
        Assert.Equal("outputs: vad 1, gains 22", lines[9]);
        Assert.StartsWith("NoiseSuppressor: 42 → 6 layers → 23, ", network.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Multiply_adds_of_a_dense_layer_are_its_weights()
    {
        NetworkLayout layout = Layout<MaxOfDense>();
        LayerLayout dense = layout.Layers[0];
        ParameterLayout weight = layout.Parameters.First(parameter => parameter.Name == dense.Name + ".weight");

        Assert.Equal(weight.Count, dense.MultiplyAdds);
    }

    [Fact]
    public void Each_part_in_a_line()
    {
        using var network = new TwoKinds(seed: 1);
        using Tape<TwoKinds> tape = TwoKinds.CreateTape(3, 2);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(new float[2 * TwoKinds.InputSize], 2, 1, TwoKinds.InputSize);

        Assert.StartsWith($"TwoKinds: {TwoKinds.InputSize} → ", network.ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"{network.Parameters[0].Name} [{network.Parameters[0].Shape[0]}", network.Parameters[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(network.Parameters[0].ToString(), tape.Gradients[0].ToString());
        Assert.Equal($"2 steps × 1 sequences of {TwoKinds.InputSize} features, 2 unmasked steps", batch.ToString());
        Assert.Equal("Tape<TwoKinds>: Empty, 0 of 3 steps × 0 of 2 sequences", tape.ToString());
        Assert.Contains("[0, 0", network.CurrentState.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Code_for_another_runtime_says_so_before_it_calls_anything()
    {
        bool created = false;
        var exception = Assert.Throws<InvalidOperationException>(() => RuntimeContract.Create(ContractVersion.Current + 1, () => created = true));

        Assert.False(created);
        Assert.Contains("RnnGen.Tests: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rebuild RnnGen.Tests", exception.Message, StringComparison.Ordinal);
        Assert.True(RuntimeContract.Create(ContractVersion.Current, () => created = true));
    }

    private static NetworkLayout Layout<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Layout;

    private static string[] Cells(string line) => [.. line.Replace(",", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
