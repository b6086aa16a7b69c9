using RnnGen.Generator.Tests.Programs;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// Whole layers over several steps: what the plan of a network computes backward are the derivatives of what it computes forward, for every parameter, for the
/// frames and for the initial states, with sequences that pause, end early and begin late.
/// </summary>
public sealed class LayerGradientTests
{
    private const int InputSize = 3;
    private const int Steps = 5;

    // One row a sequence; a dot is a masked step.
    private static readonly string[] Masks = ["#####", "##.#.", ".####"];

    public static TheoryData<string> Layers => [.. All];

    public static TheoryData<string> InnerLayers => [.. All.Where(layer => !Cases.TakesClasses(layer)).Where((_, index) => SlowTests.Run || index % 2 == 1)];

    public static TheoryData<string> Graphs => [.. Cases.Joins.Concat(Cases.Graphs).Concat(Cases.Outputs)];

    /// <summary>Every second layer, each when slow tests are asked for: of one vector they are all tried.</summary>
    public static TheoryData<string> Recurrent => [.. Cases.RecurrentWithoutActivations.Where(layer => !Cases.HasPoles(layer)).Where((_, index) => SlowTests.Run || index % 2 == 0)];

    /// <summary>All layers but those with poles, over whose steps errors of differences grow beyond all bounds: of them, values one by one are compared.</summary>
    private static IEnumerable<string> All => Cases.Recurrent.Concat(Cases.PerStep).Concat(Cases.SeveralParts).Where(layer => !Cases.HasPoles(layer));

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_alone(string layer) => Check(layer);

    [Theory]
    [MemberData(nameof(InnerLayers))]
    public void A_layer_between_others(string layer) => Check("Dense Units=4 Activation=Tanh", layer, "Gru Units=2", "Dense Units=3 Activation=Linear");

    [Theory]
    [MemberData(nameof(Recurrent))]
    public void A_layer_of_two_vectors(string layer) =>
        Check(layer.Replace("=5", "=17", StringComparison.Ordinal).Replace("=9", "=19", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Layers_that_read_others_than_the_one_before_them(string network) => Check(network.Split('|'));

    [Fact]
    public void Layers_of_both_directions_on_each_other_and_the_input_added() =>
        Check("Lstm Units=5 Direction=Bidirectional", "Gru Units=3 Direction=Bidirectional Merge=Sum", "Rnn Units=4 Direction=Reverse", "Dense Units=3", "Skip");

    [Fact]
    public void Equal_layers_on_each_other_share_their_kernels() => Check("Lstm Units=3", "Lstm Units=3", "Lstm Units=3", "Dense Units=3", "Dense Units=3");

    [Fact]
    public void Equal_layers_of_both_directions_share_their_kernels() => Check(
        "Gru Units=4 Direction=Bidirectional", "Gru Units=4 Direction=Bidirectional", "Gru Units=4 Direction=Bidirectional", "Dense Units=2");

    private static void Check(params string[] layers)
    {
        var random = new Random(7);
        var plan = Cases.Plan(InputSize, layers);
        var memory = new ProgramMemory(plan, Steps, Masks.Length);
        memory.SetMask(Masks);
        var interpreter = new ProgramInterpreter(memory);
        var seeds = new Seeds(plan, memory, interpreter, random);
        foreach (int place in plan.Parameters.SelectMany(PlanGradients.Places))
            memory.Weights[place] = (random.NextDouble() - 0.5) * 0.9;

        PlanGradients.Check(plan, memory, interpreter, seeds);
    }
}
