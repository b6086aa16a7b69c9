namespace RnnGen.Generator.Cells;

/// <summary>The mean of the steps so far.</summary>
internal sealed class MeanPoolCell(int units) : Cell("meanpool", units)
{
    protected override void Declare()
    {
        DeclareState("sum", Units);
        DeclareState("count", Units);
    }

    protected override void Equations()
    {
        var sum = Next("sum", State("sum") + Aligned("frame"));
        var count = Next("count", State("count") + 1);
        Output(Let("y", sum * Reciprocal(count)));
    }
}
