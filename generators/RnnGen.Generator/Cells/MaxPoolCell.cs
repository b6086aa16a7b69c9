namespace RnnGen.Generator.Cells;

/// <summary>The maximum of the steps so far. <c>stays</c> is 1 where an earlier step holds it.</summary>
internal sealed class MaxPoolCell(int units) : Cell("maxpool", units)
{
    protected override void Declare()
    {
        DeclareState("max", Units);
        DeclareState("seen", Units);
    }

    protected override void Equations()
    {
        var frame = Aligned("frame");
        var stays = Let("stays", Positive(State("max") - frame) * Positive(State("seen")));
        Next("max", Select(stays, State("max"), frame));
        Next("seen", 1);
    }
}
