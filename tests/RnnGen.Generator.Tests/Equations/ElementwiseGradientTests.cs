using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The derived backward equations of each stage of each cell are the derivatives of its forward equations, value by value.</summary>
public sealed class ElementwiseGradientTests
{
    private const int Draws = 20;

    public static TheoryData<string> Layers => [.. Cases.Recurrent, .. Cases.PerStep, .. Cases.Pooling];

    [Theory]
    [MemberData(nameof(Layers))]
    public void Derived_equations_are_the_derivatives(string layer)
    {
        var random = new Random(1);
        foreach (var stage in Cases.Graph(layer).Stages)
            for (int draw = 0; draw < Draws; draw++)
                Check(stage, random);
    }

    private static void Check(Stage stage, Random random)
    {
        var computed = stage.Computed.ToHashSet();
        var leaves = stage.Equations.SelectMany(equation => equation.Value.Variables).Where(variable => !computed.Contains(variable)).Distinct().ToList();
        var values = leaves.ToDictionary(leaf => leaf, leaf => leaf.EndsWith("Variance", StringComparison.OrdinalIgnoreCase) ? random.NextDouble() + 0.1 : (random.NextDouble() * 4) - 2);
        var seeds = computed.ToDictionary(name => name, name => (Expr)new Variable(name + "Seed"));
        var gradient = Ir.Gradient.Of(stage.Equations, seeds);

        foreach (string name in computed)
            values[name + "Seed"] = random.NextDouble() - 0.5;
        var differences = leaves.Select(leaf => FiniteDifferences.Of(Loss, () => values[leaf], value => values[leaf] = value)).ToList();
        ExprValue.Compute(stage.Equations, values);
        ExprValue.Compute(Lowering.Lower(gradient.Equations), values);
        FiniteDifferences.AssertEqual("d " + string.Join(", ", leaves), differences, [.. leaves.Select(Derived)]);

        double Loss()
        {
            ExprValue.Compute(stage.Equations, values);
            return computed.Sum(name => values[name] * values[name + "Seed"]);
        }

        double Derived(string leaf) => gradient.Leaves.TryGetValue(leaf, out var value) ? ExprValue.Of(Lowering.Lower(Simplifier.Simplify(value)), values) : 0;
    }
}
