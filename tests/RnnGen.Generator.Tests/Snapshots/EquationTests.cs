using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>Every shipped cell's equations, and three of the tests' own for what they show: as written, as derived, and what the tape keeps for that.</summary>
[UsesVerify]
public sealed class EquationTests
{
    [Theory]
    [InlineData("Rnn Units=5 Activation=Tanh")]
    [InlineData("Rnn Units=5 Activation=Relu")]
    [InlineData("Lstm Units=5")]
    [InlineData("Gru Units=5")]
    [InlineData("Dense Units=5 Activation=Sigmoid")]
    [InlineData("Lstm Units=5 Peephole=true")]
    [InlineData("Lstm Units=9 Projection=3")]
    [InlineData("Gru Units=5 Reset=BeforeProduct")]
    [InlineData("Lstm Units=5 Peephole=true CoupledGates=true Clip=3 CellClip=10")]
    [InlineData("Gru Units=5 Clip=3 Bias=false GateActivation=HardSigmoid CandidateActivation=Softsign")]
    [InlineData("Rnn Units=5 LayerNorm=true")]
    [InlineData("Gru Units=5 LayerNorm=true")]
    [InlineData("Dense Units=5 Activation=LeakyRelu")]
    [InlineData("Dense Units=5 Activation=Elu")]
    [InlineData("Dense Units=5 Activation=Gelu")]
    [InlineData("Dense Units=5 Activation=Swish")]
    public Task Of(string layer) => Snapshot.Match(Text(Cases.Plan(3, layer, "Dense Units=2").Parts[0]), caseName: Name(layer));

    private static string Text(PartPlan layer) => string.Join("\n",
    [
        "forward",
        .. ForwardText.Write(layer.Cell!).Select(Indented),
        "",
        "tape",
        Indented(string.Join(", ", BackwardText.Tape(layer))),
        "",
        "backward",
        .. BackwardText.Backward(layer).Select(Indented),
        "",
        "after all steps",
        .. BackwardText.AfterAllSteps(layer).Select(Indented),
    ]);

    private static string Indented(string line) => "  " + line;

    /// <summary><c>Rnn Units=5 Activation=Relu</c> → <c>RnnRelu</c>.</summary>
    private static string Name(string layer) => string.Concat(layer.Split(' ', '=').Where(word => char.IsAsciiLetterUpper(word[0]) && word is not ("Units" or "Activation")));
}
