using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>y = φ(W x + b).</summary>
internal sealed class DenseCell(LayerSpec spec) : Cell("dense", spec.Number("Units"))
{
    private readonly bool _biased = spec.Flag("Bias", byDefault: true);

    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } = [.. OptionRule.OfActivation(ActivationKind.Option)];

    protected override void Declare()
    {
        DeclareMatrix("weight", 1, Units, CellGraphBuilder.InputColumns, CellGraphBuilder.InputColumns);
        if (_biased)
            DeclareVector("bias", 1, Units, CellGraphBuilder.InputColumns);
    }

    protected override void Equations()
    {
        var sum = Sum("yPre", _biased ? [Product("weight", 0, Input), Bias("bias", 0)] : [Product("weight", 0, Input)]);
        Output(Let("y", Activate("y", spec, ActivationKind.Option, ActivationKind.Linear, sum)));
    }
}
