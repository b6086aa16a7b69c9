using System.Text.Json;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Cells that only these tests have, from the attribute to the trained network: forward and all gradients against PyTorch. Nothing but their equations is written for
/// them, so what they need, any cell may have.
/// </summary>
public sealed class GoldenCellTests
{
    private const string NoGoldens = "no goldens";

    private static readonly Dictionary<string, string> Layers = new()
    {
        ["lstm_peephole"] = "PeepholeLstm",
        ["lstm_coupled"] = "CoupledLstm",
        ["lstm_projected"] = "ProjectedLstm",
        ["gru_reset_before"] = "GruResetBefore",
    };

    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() => IGeneratedNetwork.LoadAll(
        GeneratorRun.Of(new GeneratorSetup { Catalogue = TestCatalogue.All }, [TestCatalogue.Attributes, .. GoldenFile.Cells!.Cases([.. Layers.Keys]).Select(Source)]).AssertCompiles()));

    public static TheoryData<string> Cases => GoldenFile.Cells is { } goldens ? [.. goldens.Cases([.. Layers.Keys]).Select(golden => golden.Name)] : [NoGoldens];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Forward_and_gradients_are_those_of_PyTorch(string name)
    {
        Skip.If(name == NoGoldens, "This checkout has no cells.safetensors: neither in tests/RnnGen.Tests/Goldens nor in ../shared/goldens.");
        var golden = new Golden(name);
        var network = golden.Load(Networks.Value[name]);

        var pass = network.Train(golden.Batch, golden.States("0"), golden.Read("dy"), golden.States("n", "d"));

        Tolerance.AssertNear("y", golden.Read("y"), pass.Outputs, Tolerance.Forward);
        Tolerance.AssertNear("final state", golden.States("n"), pass.FinalState, Tolerance.Forward);
        Tolerance.AssertNear("dx", golden.Read("dx"), pass.InputGradients, Tolerance.Gradient);
        Tolerance.AssertNear("d initial state", golden.States("0", "d"), pass.InitialStateGradients, Tolerance.Gradient);
        foreach (var (parameter, tensor) in golden.Parameters)
            Tolerance.AssertNear("d " + parameter, golden.Read("d_" + tensor), pass.Gradients[parameter], Tolerance.Gradient);
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void Steps_and_runs_are_those_of_PyTorch(string name)
    {
        Skip.If(name == NoGoldens, "This checkout has no cells.safetensors.");
        var golden = new Golden(name);
        var network = golden.Load(Networks.Value[name]);

        for (int sequence = 0; sequence < golden.BatchSize; sequence++)
        {
            var (outputs, state) = network.Stream(golden.Of(sequence, golden.States("0")), golden.Steps(sequence, "x"));
            Tolerance.AssertNear("y", golden.Steps(sequence, "y"), outputs, Tolerance.Forward);
            Tolerance.AssertNear("final state", golden.Of(sequence, golden.States("n")), state, Tolerance.Forward);
            Assert.Equal(outputs, network.Run(golden.Of(sequence, golden.States("0")), golden.Steps(sequence, "x")));
        }
    }

    private static string Source((string Name, JsonElement Options) golden)
    {
        string projection = golden.Options.TryGetProperty("projection", out var size) ? $", {size.GetInt32()}" : "";
        string layer = Layers[golden.Options.GetProperty("kind").GetString()!];
        return $"""
            [RnnGen.Network({golden.Options.GetProperty("input").GetInt32()})]
            [TestLayers.{layer}({golden.Options.GetProperty("hidden").GetInt32()}{projection})]
            public sealed partial class {golden.Name};
            """;
    }

    /// <summary>One case: its tensors as the network's surface wants them.</summary>
    private sealed class Golden(string name)
    {
        private readonly GoldenFile _file = GoldenFile.Cells!;
        private readonly JsonElement _options = GoldenFile.Cells!.Cases([.. Layers.Keys]).Single(golden => golden.Name == name).Options;

        public int BatchSize => _options.GetProperty("batch").GetInt32();

        public SequenceBatch Batch => SequenceBatch.FromTimeMajor(Read("x"), _options.GetProperty("steps").GetInt32(), BatchSize, _options.GetProperty("input").GetInt32());

        /// <summary>The parameters by their names in the network and in the file.</summary>
        public IEnumerable<(string Parameter, string Tensor)> Parameters =>
            from tensor in _file.Tensors(name)
            where tensor.EndsWith("_l0", StringComparison.Ordinal) && !tensor.StartsWith("d_", StringComparison.Ordinal)
            select ($"{Layers[_options.GetProperty("kind").GetString()!].ToLowerInvariant()}0.{tensor[..^"_l0".Length]}", tensor);

        public float[] Read(string tensor) => _file.Read(name, tensor);

        public IGeneratedNetwork Load(IGeneratedNetwork network)
        {
            Assert.Equal(network.Parameters.Select(parameter => parameter.Name).Order(), Parameters.Select(parameter => parameter.Parameter).Order());
            foreach (var (parameter, tensor) in Parameters)
                network.Parameters[parameter].Set(Read(tensor));
            return network;
        }

        /// <summary>h and c side by side, [B, StateSize].</summary>
        public float[] States(string moment, string prefix = "")
        {
            var states = new[] { "h", "c" }.Select(state => prefix + state + moment).Where(_file.Tensors(name).Contains).Select(Read).ToList();
            return [.. Enumerable.Range(0, BatchSize).SelectMany(sequence => states.SelectMany(state => Of(sequence, state)))];
        }

        /// <summary>One sequence's part of values that lie sequence by sequence.</summary>
        public float[] Of(int sequence, float[] values) => values.AsSpan(sequence * values.Length / BatchSize, values.Length / BatchSize).ToArray();

        /// <summary>One sequence's rows of a tensor [T, B, …].</summary>
        public float[] Steps(int sequence, string tensor)
        {
            var values = Read(tensor);
            int steps = _options.GetProperty("steps").GetInt32(), size = values.Length / steps / BatchSize;
            return [.. Enumerable.Range(0, steps).SelectMany(step => values.Skip(((step * BatchSize) + sequence) * size).Take(size))];
        }
    }
}
