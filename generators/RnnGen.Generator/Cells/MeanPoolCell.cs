namespace RnnGen.Generator.Cells;

/// <summary>The mean of the steps so far. Sum and count are totals: in plain floats the sum of many steps would drift, and the count stop at 2²⁴.</summary>
internal sealed class MeanPoolCell(int units) : Cell("meanpool", units)
{
    protected override void Declare()
    {
        DeclareTotal("sum", Units);
        DeclareTotal("count", Units);
    }

    protected override void Equations()
    {
        var sum = Total("sum", Aligned("frame"));
        var count = Total("count", 1);
        Output(Let("y", sum * Reciprocal(count)));
    }
}
