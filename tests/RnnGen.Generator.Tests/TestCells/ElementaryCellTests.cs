using Microsoft.CodeAnalysis;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Generator.Tests.Properties;
using RnnGen.Tests.Numerics;
using LayerOption = RnnGen.Generator.Spec.LayerOption;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// Compiled networks of the cells that use every operation and elementary function, forward and backward through time, against their program executed in double
/// precision (whose gradients are compared with differences by <see cref="LayerGradientTests"/>), whichever instruction set's kernels run.
/// </summary>
public sealed class ElementaryCellTests
{
    private const string Suite = "elementary functions";
    private const int InputSize = 3;
    private const int Steps = 6;
    private const int BatchSize = 3;

    private static readonly int[] Sizes = [1, 5, 17, 40];
    private static readonly string[] Kinds = ["Elementary", "Held"];

    private static readonly LayerCatalogue Catalogue = TestCatalogue.All.With(new LayerKind("Held", new RecurrentParts((spec, input, taped) => new Held(spec).ToGraph(input.Size, taped))));

    private static readonly Lazy<Compilation> Project = new(() => GeneratorRun.Generate(
        new GeneratorSetup { Catalogue = Catalogue, AssemblyName = "Elementary" },
        [
            TestCatalogue.Attributes,
            "namespace TestLayers; public sealed class HeldAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }",
            .. Kinds.SelectMany(kind => Sizes.SelectMany(units => new[] { Source(kind, units, false), Source(kind, units, true) })),
        ]));

    private static readonly IReadOnlyDictionary<string, Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>>> Networks = TargetProject.Targets.ToDictionary(
        target => target, target => new Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>>(() => TargetProject.Load(Project.Value, target)));

    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (string kind in Kinds)
                foreach (int units in Sizes)
                    foreach (string target in TargetProject.Targets)
                        data.Add(kind, units, target);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_the_program_in_double_precision(string kind, int units, string target)
    {
        foreach (bool deterministic in new[] { false, true })
        {
            var (network, batch, outputGradients) = Prepare(kind, units, target, deterministic);
            var program = new InterpretedNetwork(
                Plan(kind, units), network.Parameters.ToDictionary(parameter => parameter.Name, parameter => Doubles(parameter.ToArray())), batch);
            var (outputs, final) = program.Forward(new double[BatchSize * units]);
            program.Backward(outputs, Doubles(outputGradients), new double[final.Length]);

            var pass = network.TrainAfterNaN(batch, outputGradients);

            Closeness.Check(Suite, "outputs", outputs, pass.Outputs, Closeness.Forward);
            Closeness.Check(Suite, "final states", final, pass.FinalState, Closeness.Forward);
            Closeness.Check(Suite, "input gradients", program.InputGradients, pass.InputGradients, Closeness.Gradient);
            foreach (var (name, gradient) in pass.Gradients)
                Closeness.Check(Suite, name, program.GradientOf(name), gradient, Closeness.Gradient);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Deterministic_networks_give_the_same_bits_on_all_instruction_sets(string kind, int units, string target)
    {
        var (network, batch, outputGradients) = Prepare(kind, units, target, deterministic: true);
        var pass = network.Train(batch, [], outputGradients, []);
        var portable = Prepare(kind, units, "Portable", deterministic: true).Network.Train(batch, [], outputGradients, []);

        Assert.Equal(portable.Outputs, pass.Outputs);
        foreach (var (name, gradient) in portable.Gradients)
            Assert.Equal(gradient, pass.Gradients[name]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_stopped_gets_no_gradient_and_the_rest_does(string kind, int units, string target)
    {
        var (network, batch, outputGradients) = Prepare(kind, units, target, deterministic: false);

        foreach (var (name, gradient) in network.TrainAfterNaN(batch, outputGradients).Gradients)
        {
            int stopped = kind == "Held" ? gradient.Length / 2 : 0; // the first of two gates
            Assert.All(gradient[..stopped], value => Assert.Equal(0, value));
            Assert.All(gradient[stopped..], value => Assert.True(float.IsFinite(value) && value != 0, name));
        }
    }

    private static (IGeneratedNetwork Network, SequenceBatch Batch, float[] OutputGradients) Prepare(string kind, int units, string target, bool deterministic)
    {
        var network = Networks[target].Value[Name(kind, units, deterministic)];
        var random = new Random(units);
        foreach (var parameter in network.Parameters)
            parameter.Set(Draw(random, parameter.Count, parameter.Shape.Count == 1 ? 0.5f : 1.5f / parameter.Shape[^1]));
        byte[] mask = [.. Enumerable.Range(0, Steps * BatchSize).Select(row => (byte)(row % 7 == 3 ? 0 : 1))];
        var batch = SequenceBatch.FromTimeMajor(Draw(random, Steps * BatchSize * InputSize, 2), Steps, BatchSize, InputSize, mask);
        return (network, batch, [.. Draw(random, network.Run(batch).Length, 0.5f).Select(value => value + 0.75f)]);
    }

    private static NetworkPlan Plan(string kind, int units)
    {
        var layer = new LayerSpec(kind, kind.ToLowerInvariant() + "0", new EquatableArray<LayerOption>([new LayerOption("Units", $"{units}")]));
        return NetworkPlanner.Plan(Equations.Cases.Spec(InputSize, "Decaying Units=1") with { Layers = new EquatableArray<LayerSpec>([layer]) }, Catalogue);
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);

    private static float[] Draw(Random random, int count, float bound) => [.. Enumerable.Range(0, count).Select(_ => bound * ((2 * random.NextSingle()) - 1))];

    private static string Name(string kind, int units, bool deterministic) => $"{kind}Of{units}{(deterministic ? "Deterministic" : "")}";

    private static string Source(string kind, int units, bool deterministic) => $"""
        using RnnGen;
        using TestLayers;
        [Network({InputSize}{(deterministic ? ", Deterministic = true" : "")})]
        [{kind}({units})]
        public sealed partial class {Name(kind, units, deterministic)};
        """;
}
