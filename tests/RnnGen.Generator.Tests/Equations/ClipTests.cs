using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The option <c>Clip</c> bounds every gate of a recurrent cell, whoever wrote it: no cell can leave one out.</summary>
public sealed class ClipTests
{
    private const float Bound = 0.375f;

    [Theory]
    [InlineData("Rnn Units=5", 1)]
    [InlineData("Lstm Units=5", 4)]
    [InlineData("Lstm Units=5 Peephole=true", 4)]
    [InlineData("Lstm Units=5 Peephole=true CoupledGates=true", 3)]
    [InlineData("Gru Units=5", 3)]
    [InlineData("Gru Units=5 Reset=BeforeProduct", 3)]
    [InlineData("Decaying Units=5", 1)]
    [InlineData("Singular Units=5", 2)]
    public void Every_gate_is_bounded(string layer, int gates)
    {
        foreach (string more in new[] { "", " LayerNorm=true" })
            Assert.Equal(gates, Bounds(layer + more + FormattableString.Invariant($" Clip={Bound}")));
        Assert.Equal(0, Bounds(layer));
    }

    private static int Bounds(string layer) =>
        Cases.Graph(layer).Stages.SelectMany(stage => stage.Equations).Count(equation => equation.Value is Apply apply && apply.Function == Function.Clamp(-Bound, Bound));
}
