using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Compiled networks whose cell makes infinities and NaN of its padding: nothing of it arrives in outputs, states, gradients or weights, whichever instruction
/// set's kernels run.
/// </summary>
public sealed class PaddedCellTests
{
    private const string Suite = "padded cells";
    private const int InputSize = 3;
    private const int Steps = 5;
    private const int BatchSize = 3;

    private static readonly string[] Stacks =
    [
        "[Singular(1)]", "[Singular(3)]", "[Singular(5)]", "[Singular(15)]", "[Singular(17)]", "[Singular(90)]",
        "[Singular(5, LayerNorm = true, LearnedState = true)]", "[Singular(17, LayerNorm = true, RecurrentDropout = 0.5f)] [Dropout(0.5f)] [Dense(2)]",
        "[Singular(17, Direction = Direction.Bidirectional, Merge = Merge.Sum)] [MaxPool] [Dense(2)]", "[Singular(5, Direction = Direction.Reverse)] [MeanPool]",
        "[Dense(17)] [Singular(17)] [Singular(3)] [Skip]", "[Conv1D(5, 3)] [Singular(5)] [LastStep]", "[Lstm(17)]", "[Lstm(5, Peephole = true)] [Gru(3, LearnedState = true)]",
    ];

    private static readonly Lazy<Compilation> Project = new(() =>
        GeneratorRun.Generate(new GeneratorSetup { Catalogue = TestCatalogue.All, AssemblyName = "Padded" }, [TestCatalogue.Attributes, .. Stacks.Select(Source)]));

    private static readonly Dictionary<string, Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>>> Networks = TargetProject.Targets.ToDictionary(
        target => target, target => new Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>>(() => TargetProject.Load(Project.Value, target)));

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string stack in Stacks)
                foreach (string target in Networks.Keys)
                    data.Add(stack, target);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Padding_is_zero_and_reaches_no_unit(string stack, string target)
    {
        var (network, batch, outputGradients) = Prepare(stack, target);

        var pass = network.Train(batch, [], outputGradients, []);

        var named = pass.Gradients.Values.SelectMany(values => values).ToList();
        Assert.All([.. pass.Outputs, .. pass.FinalState, .. pass.InputGradients, .. pass.InitialStateGradients, .. named], value => Assert.True(float.IsFinite(value)));
        Assert.Equal(named.Count(value => value != 0), pass.PackedGradients.Count(value => value != 0)); // NaN is not 0.
        var portable = Prepare(stack, "Portable").Network.Train(batch, [], outputGradients, []);
        Closeness.Check(Suite, "input gradients", portable.InputGradients, pass.InputGradients, Closeness.Gradient);
        foreach (var (name, gradient) in portable.Gradients)
            Closeness.Check(Suite, name, gradient, pass.Gradients[name], Closeness.Gradient);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_pass_of_NaN_leaves_nothing_on_the_tape(string stack, string target)
    {
        var (network, batch, outputGradients) = Prepare(stack, target);

        Assert.Equal(network.Train(batch, [], outputGradients, []).PackedGradients, network.TrainAfterNaN(batch, outputGradients).PackedGradients);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_runs_and_updates_stay_finite(string stack, string target)
    {
        var (network, batch, outputGradients) = Prepare(stack, target);
        Assert.All(network.Run(batch), value => Assert.True(float.IsFinite(value)));
        if (!stack.Contains("Direction", StringComparison.Ordinal))
            Assert.All(network.Stream([], Draw(new Random(3), Steps * InputSize, -1, 1)).FinalState, value => Assert.True(float.IsFinite(value)));

        for (int update = 0; update < 3; update++)
            Assert.True(float.IsFinite(network.Update(batch, outputGradients)));

        Assert.All(network.Parameters.SelectMany(parameter => parameter.ToArray()), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>A network whose real units keep away from where its cell makes no sense, a batch with pauses, and gradients of the outputs.</summary>
    private static (IGeneratedNetwork Network, SequenceBatch Batch, float[] OutputGradients) Prepare(string stack, string target)
    {
        var network = Networks[target].Value[Name(stack)];
        var random = new Random(2);
        foreach (var parameter in network.Parameters)
        {
            float size = 0.5f / parameter.Shape[^1];
            parameter.Set(
                parameter.Name.EndsWith("layer_norm", StringComparison.Ordinal) ? Draw(random, parameter.Count, 0.2f, 0.3f)
                : parameter.Shape.Count == 1 ? Draw(random, parameter.Count, 1, 1.5f)
                : Draw(random, parameter.Count, -size, size));
        }

        byte[] mask = [.. Enumerable.Range(0, Steps * BatchSize).Select(row => (byte)(row % 7 == 3 ? 0 : 1))];
        var batch = SequenceBatch.FromTimeMajor(Draw(random, Steps * BatchSize * InputSize, -1, 1), Steps, BatchSize, InputSize, mask);
        return (network, batch, Draw(random, network.Run(batch).Length, -1, 1));
    }

    private static float[] Draw(Random random, int count, float low, float high) => [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];

    private static string Name(string stack) => "Net" + string.Concat(stack.Where(char.IsLetterOrDigit));

    private static string Source(string stack) => $"""
        using RnnGen;
        using TestLayers;
        [Network({InputSize})]
        {stack}
        public sealed partial class {Name(stack)};
        """;
}
