namespace RnnGen.Generator.Cells;

/// <summary>y = φ(W x + b).</summary>
internal sealed class DenseCell(int units, string activation) : Cell("dense", units)
{
    protected override void Declare()
    {
        DeclareMatrix("weight", 1, Units, CellGraphBuilder.InputColumns, CellGraphBuilder.InputColumns);
        DeclareVector("bias", 1, Units, CellGraphBuilder.InputColumns);
    }

    protected override void Equations() => Output(Let("y", Activate(activation, Sum("yPre", Product("weight", 0, Input), Bias("bias", 0)))));
}
