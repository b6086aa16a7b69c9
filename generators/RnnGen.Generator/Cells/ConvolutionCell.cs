using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>y = φ(W x + b), x being the frames of a window side by side.</summary>
internal sealed class ConvolutionCell(LayerSpec spec) : Cell("conv1d", spec.Number("Units"))
{
    private readonly bool _biased = spec.Flag("Bias", byDefault: true);

    /// <summary>The option that says where there are zeros, and its members.</summary>
    public const string Padding = "Padding", Causal = "Causal", Same = "Same";

    /// <summary>The rules of its options.</summary>
    public static IReadOnlyList<OptionRule> Rules { get; } =
    [
        .. OptionRule.OfActivation(ActivationKind.Option),
        IdleWithoutNeighbours("Dilation"),
        IdleWithoutNeighbours(Padding),
    ];

    private static OptionRule IdleWithoutNeighbours(string option) =>
        OptionRule.IdleWhere(option, layer => layer.Number("KernelSize") == 1, "with a single tap", "use a kernelSize of at least 2");

    protected override void Declare()
    {
        var weight = new CellParameter("weight", 1, Units, CellGraphBuilder.InputColumns, CellGraphBuilder.InputColumns);
        DeclareMatrix(weight with { Taps = spec.Number("KernelSize", 1) });
        if (_biased)
            DeclareVector("bias", 1, Units, CellGraphBuilder.InputColumns);
    }

    protected override void Equations()
    {
        Term[] terms = _biased ? [Product("weight", 0, Input), Bias("bias", 0)] : [Product("weight", 0, Input)];
        Output(Let("y", Activate("y", spec, ActivationKind.Option, ActivationKind.Linear, Sum("yPre", terms))));
    }
}
