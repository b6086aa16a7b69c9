using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Masks, for every cell there is: a sequence that pauses gives what it gives without the pause, forward and backward, whatever the frames of the pause hold;
/// and the ways of running a network agree.
/// </summary>
public sealed class MaskedCellTests
{
    private const string Suite = "masked cells";
    private const int InputSize = 3;
    private const int Steps = 6;
    private const int BatchSize = 2;

    // One row a sequence; a dot is a masked step. Both have four real steps.
    private static readonly string[] Masks = ["##..##", ".##.##"];

    private static readonly string[] Kinds =
    [
        "RnnGen.Rnn(5)", "RnnGen.Lstm(17)", "RnnGen.Gru(33)", "RnnGen.Lstm(5, Peephole = true)", "RnnGen.Lstm(20, CoupledGates = true)",
        "RnnGen.Lstm(17, Projection = 3)", "RnnGen.Lstm(3, Projection = 17)", "RnnGen.Gru(200, Reset = ResetGate.BeforeProduct)",
        "RnnGen.Rnn(17, LayerNorm = true, LearnedState = true)", "RnnGen.Lstm(21, LayerNorm = true, Peephole = true)", "RnnGen.Gru(6, LayerNorm = true, Clip = 0.5f)",
        "RnnGen.Gru(20, LayerNorm = true, Reset = ResetGate.BeforeProduct, Bias = false)", "Decaying(6)", "Elementary(21)", "Relay(5, 20)", "Relay(36, 2)",
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() =>
        IGeneratedNetwork.LoadAll(GeneratorRun.Of(new GeneratorSetup { Catalogue = TestCatalogue.All }, [TestCatalogue.Attributes, .. Kinds.Select(Source)])));

    public static TheoryData<string> Layers => [.. Kinds];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_pause_changes_nothing(string layer)
    {
        var network = Networks.Value[Name(layer)];
        var random = new Random(3);
        var frames = Draw(random, Steps * BatchSize * InputSize);
        var batch = SequenceBatch.FromTimeMajor(frames, Steps, BatchSize, InputSize, Mask());
        int states = network.Train(batch, [], Zero(network, batch), []).FinalState.Length / BatchSize;
        var (initial, final) = (Draw(random, BatchSize * states), Draw(random, BatchSize * states));
        var outputGradients = Draw(random, network.Run(batch).Length);

        var paused = network.Train(batch, initial, outputGradients, final);
        var straight = network.Train(
            SequenceBatch.FromTimeMajor(Real(frames), Steps - 2, BatchSize, InputSize), initial, Real(outputGradients), final);

        Closeness.Check(Suite, "outputs", straight.Outputs, Real(paused.Outputs), Closeness.Forward);
        Closeness.Check(Suite, "final state", straight.FinalState, paused.FinalState, Closeness.Forward);
        Closeness.Check(Suite, "input gradients", straight.InputGradients, Real(paused.InputGradients), Closeness.Gradient);
        Closeness.Check(Suite, "initial state gradients", straight.InitialStateGradients, paused.InitialStateGradients, Closeness.Gradient);
        foreach (var (name, gradient) in straight.Gradients)
            Closeness.Check(Suite, name, gradient, paused.Gradients[name], Closeness.Gradient);
        Assert.All(Masked(paused.Outputs), value => Assert.Equal(0, value));
        Assert.All(Masked(paused.InputGradients), value => Assert.Equal(0, value));
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Steps_runs_batches_and_training_agree(string layer)
    {
        var network = Networks.Value[Name(layer)];
        var frames = Draw(new Random(4), Steps * InputSize);
        var single = SequenceBatch.FromTimeMajor(frames, Steps, 1, InputSize);

        var outputs = network.Train(single, [], Zero(network, single), []).Outputs;

        Closeness.Check(Suite, "steps", outputs, network.Stream([], frames).Outputs, Closeness.Forward);
        Closeness.Check(Suite, "run", outputs, network.Run([], frames), Closeness.Forward);
        Closeness.Check(Suite, "batch", outputs, network.Run(single), Closeness.Forward);
        var batch = SequenceBatch.FromTimeMajor(Draw(new Random(5), Steps * BatchSize * InputSize), Steps, BatchSize, InputSize, Mask());
        Closeness.Check(Suite, "masked batch", network.Train(batch, [], Zero(network, batch), []).Outputs, network.Run(batch), Closeness.Forward);
    }

    private static string Name(string layer) => "Net" + string.Concat(layer.Where(char.IsLetterOrDigit));

    private static string Source(string layer) => $"""
        using RnnGen;
        using TestLayers;
        [Network({InputSize})]
        [{layer.Replace("RnnGen.", "", StringComparison.Ordinal)}]
        public sealed partial class {Name(layer)};
        """;

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];

    private static float[] Zero(IGeneratedNetwork network, SequenceBatch batch) => new float[network.Run(batch).Length];

    private static byte[] Mask() => [.. Enumerable.Range(0, Steps * BatchSize).Select(row => (byte)(IsReal(row) ? 1 : 0))];

    private static bool IsReal(int row) => Masks[row % BatchSize][row / BatchSize] == '#';

    private static float[] Masked(float[] values) => Rows(values, row => !IsReal(row));

    /// <summary>The rows of real steps, without the pauses: the sequences pause at different times, so each is shortened by itself.</summary>
    private static float[] Real(float[] values)
    {
        var sequences = Enumerable.Range(0, BatchSize).Select(sequence => Rows(values, row => row % BatchSize == sequence && IsReal(row))).ToList();
        int steps = Steps - 2, size = sequences[0].Length / steps;
        return [.. Enumerable.Range(0, steps).SelectMany(step => sequences.SelectMany(sequence => sequence.Skip(step * size).Take(size)))];
    }

    private static float[] Rows(float[] values, Func<int, bool> where)
    {
        int size = values.Length / (Steps * BatchSize);
        return [.. values.Where((_, index) => where(index / size))];
    }
}
