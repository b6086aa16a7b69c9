using RnnGen.Generator.Tests.Programs;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// Whatever equations make of the lanes behind the last unit, nothing of it arrives: not in gradients of weights, where padding is 0, and not in any real unit.
/// The cells here make infinities and NaN of their padding, forward and backward.
/// </summary>
public sealed class PaddingTests
{
    private const int InputSize = 3;
    private const int Steps = 4;

    // One row a sequence; a dot is a masked step.
    private static readonly string[] Masks = ["####", "#.##"];

    private static readonly int[] Sizes = [1, 3, 5, 15, 17, 65];

    public static TheoryData<string> Layers =>
    [
        .. Sizes.Select(size => $"Singular Units={size}"),
        "Singular Units=5 LayerNorm=true", "Singular Units=17 LayerNorm=true LearnedState=true", "Singular Units=17 Direction=Reverse", "Singular Units=5 Clip=3",
        "Singular Units=17 Direction=Bidirectional Merge=Multiply", "Singular Units=5 Direction=Bidirectional",
    ];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Padding_is_zero_and_reaches_no_unit(string layer) => Check(layer);

    [Theory]
    [InlineData("Singular Units=3")]
    [InlineData("Singular Units=17 LayerNorm=true")]
    public void Between_other_layers(string layer) => Check("Dense Units=5", layer, layer, "Gru Units=3", "Dense Units=2");

    private static void Check(params string[] layers)
    {
        var random = new Random(5);
        var plan = Cases.Plan(InputSize, layers);
        var memory = new ProgramMemory(plan, Steps, Masks.Length);
        memory.SetMask(Masks);
        var interpreter = new ProgramInterpreter(memory);
        var seeds = new Seeds(plan, memory, interpreter, random);
        foreach (var parameter in plan.Parameters)
            foreach (int place in PlanGradients.Places(parameter))
                memory.Weights[place] = parameter.Name.EndsWith("layer_norm", StringComparison.Ordinal) ? 0.25 : parameter.Shape.Count == 1 ? 1 + (0.5 * random.NextDouble()) : (random.NextDouble() - 0.5) / parameter.Columns;

        PlanGradients.Check(plan, memory, interpreter, seeds);

        var units = plan.Parameters.SelectMany(PlanGradients.Places).ToHashSet();
        Assert.All(memory.Gradients.ToArray().Where((_, place) => !units.Contains(place)), value => Assert.Equal(0, value));
    }
}
