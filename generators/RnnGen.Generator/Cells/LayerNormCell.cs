namespace RnnGen.Generator.Cells;

/// <summary>
/// y = γ ⊙ (x − mean) / √(variance + 1e-5) + β. The variance takes a stage of its own: mean(x²) − mean(x)² would lose its digits where the mean is large.
/// </summary>
internal sealed class LayerNormCell(int units) : Cell("layernorm", units)
{
    private const string Gain = "weight";
    private const string Shift = "bias";

    protected override void Declare()
    {
        DeclareVector(Gain, ["y"], Units, fanIn: 0, _ => 1);
        DeclareVector(Shift, 1, Units, fanIn: 0);
    }

    protected override void Equations()
    {
        var x = Let("x", Aligned("frame"));
        NextStage(Units);
        var centred = Let("centred", x - Mean("mean", x));
        var square = Let("square", centred * centred);
        NextStage(Units);
        var normal = Let("normal", centred * InverseDeviation(Mean("variance", square)));
        Output(Let("y", (Diagonal(Gain, 0, "gain") * normal) + Diagonal(Shift, 0, "shift")));
    }
}
