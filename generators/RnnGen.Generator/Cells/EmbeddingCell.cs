namespace RnnGen.Generator.Cells;

/// <summary>The vector of a class: a column of weights.</summary>
internal sealed class EmbeddingCell(int units) : Cell("embedding", units)
{
    protected override void Declare() => DeclareMatrix(new CellParameter("weight", 1, Units, CellGraphBuilder.InputColumns, Units) { Transposed = true });

    protected override void Equations() => Output(Let("y", Sum("yPre", Product("weight", 0, Input))));
}
