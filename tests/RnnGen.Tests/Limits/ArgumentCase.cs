namespace RnnGen.Tests.Limits;

/// <summary>A numeric parameter of the public surface, and calls that give it what it cannot take.</summary>
/// <param name="Place">Type, member and parameter: <c>Sgd..ctor.momentum</c>, or <c>TrainerOptions.BatchSize</c>.</param>
/// <param name="Argument">The argument that the exception must name.</param>
/// <param name="Calls">Each must be refused.</param>
internal sealed record ArgumentCase(string Place, string Argument, params Action[] Calls)
{
    public override string ToString() => Place;
}
