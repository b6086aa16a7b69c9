using System.Reflection;
using System.Runtime.Intrinsics;
using RnnGen.Generator.Ir;
using RnnGen.Runtime;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>Every function that equations may apply: its derivative, and that the runtime has its vector form.</summary>
public sealed class FunctionTests
{
    private static readonly IReadOnlyList<Function> All =
    [
        .. typeof(Function).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => property.GetValue(null)).OfType<Function>(),
        Function.Clamp(-0.75f, 1.5f), Function.Inside(-0.75f, 1.5f),
    ];

    /// <summary>On both sides of every kink, and at none.</summary>
    private static readonly double[] Points = [-4.1, -2.3, -0.9, -0.2, 0.3, 0.8, 1.7, 3.9];

    public static TheoryData<string> Functions => [.. All.Select(function => function.VectorForm)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_derivative_is_that_of_the_value(string name)
    {
        var function = Find(name);
        if (function.Derivative is null)
            return; // One that only derivatives use.
        int checkedPoints = 0;
        foreach (double x in Points.Where(x => double.IsFinite(function.Value(x))))
        {
            var leaves = new Dictionary<string, double> { ["x"] = x };
            double difference = ExprGradients.Difference(Applied(function), leaves, "x");
            Assert.Equal(difference, ExprGradients.Derived(Applied(function), leaves)["x"], 1e-8 + (1e-7 * Math.Abs(difference)));
            checkedPoints++;
        }

        Assert.True(checkedPoints >= 4, $"{name} has a value at {checkedPoints} points only");
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_runtime_has_its_vector_form_for_every_width(string name)
    {
        Type[] parameters = [.. Find(name).Parameters.Select(_ => typeof(float))];
        foreach (var vector in new[] { typeof(Vector128<float>), typeof(Vector256<float>), typeof(Vector512<float>) })
            Assert.NotNull(typeof(VectorMath).GetMethod(name, [vector, .. parameters]));
        Assert.NotNull(typeof(FusedMath).GetMethod(name, [typeof(Vector128<float>), .. parameters]));
    }

    [Theory]
    [InlineData("Abs", 0, 0)]
    [InlineData("Relu", 0, 0)]
    [InlineData("MinZero", 0, 1)]
    [InlineData("Sqrt", 0, double.PositiveInfinity)]
    [InlineData("Log", 0, double.PositiveInfinity)]
    public void The_derivative_at_a_kink_or_a_pole(string name, double x, double derivative) =>
        Assert.Equal(derivative, ExprGradients.Derived(Applied(Find(name)), new Dictionary<string, double> { ["x"] = x })["x"]);

    private static Expr Applied(Function function) => new Apply(function, new Variable("x"));

    private static Function Find(string name) => All.Single(function => function.VectorForm == name);
}
