using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>Layers written shortly, <c>Rnn Units=5 Activation=Relu</c>, for tests that begin behind the parser.</summary>
internal static class Cases
{
    /// <summary>Every recurrent cell there is, shipped or of the tests, in sizes that fill no vector.</summary>
    public static IEnumerable<string> Recurrent =>
    [
        "Rnn Units=5 Activation=Tanh", "Rnn Units=5 Activation=Relu", "Lstm Units=5", "Gru Units=5", "Lstm Units=5 Peephole=true", "Lstm Units=5 CoupledGates=true",
        "Lstm Units=9 Projection=3", "Lstm Units=3 Projection=9", "Gru Units=5 Reset=BeforeProduct", "Decaying Units=5", "Relay Units=5 Memory=2",
        "Relay Units=2 Memory=9", "Decaying Units=5 Clip=0.3", "Lstm Units=5 Peephole=true CoupledGates=true Projection=3 Clip=0.3 CellClip=0.2",
        "Lstm Units=5 Peephole=true CellClip=0.3 Bias=false", "Lstm Units=5 GateActivation=HardSigmoid GateAlpha=1 CandidateActivation=Softsign CellActivation=LeakyRelu",
        "Gru Units=5 Clip=0.3 Bias=false", "Gru Units=5 Reset=BeforeProduct Clip=0.2 GateActivation=HardSigmoidOnnx CandidateActivation=Elu CandidateAlpha=0.75",
        "Rnn Units=5 Activation=Softplus Bias=false Clip=0.3", "Rnn Units=5 Activation=Gelu Clip=0.3",
        "Rnn Units=5 LayerNorm=true", "Lstm Units=5 LayerNorm=true Peephole=true Clip=0.6 Projection=3", "Lstm Units=5 LayerNorm=true CoupledGates=true Bias=false",
        "Gru Units=5 LayerNorm=true", "Gru Units=5 LayerNorm=true Reset=BeforeProduct",
        "Lstm Units=5 LayerNorm=true Direction=Bidirectional Merge=Sum",
    ];

    /// <summary>Layers that become several parts.</summary>
    public static IEnumerable<string> SeveralParts =>
    [
        "Lstm Units=5 Direction=Reverse", "Gru Units=3 Direction=Bidirectional", "Rnn Units=5 Direction=Bidirectional Merge=Sum",
        "Lstm Units=5 Peephole=true Direction=Bidirectional Merge=Average", "Relay Units=5 Memory=2 Direction=Bidirectional Merge=Multiply",
    ];

    /// <summary>Every activation of the layer without state.</summary>
    public static IEnumerable<string> PerStep =>
    [
        .. ActivationKind.Elementwise.Select(activation => $"Dense Units=5 Activation={activation}"), "Dense Units=5 Bias=false", "Dense Units=5 Activation=LeakyRelu ActivationAlpha=0.5",
        "Dense Units=5 Activation=Elu ActivationAlpha=0.5", "Dense Units=5 Activation=HardSigmoid ActivationAlpha=1 ActivationBeta=0.25",
        "Dense Units=5 Activation=Affine ActivationAlpha=-2 ActivationBeta=0.25",
    ];

    /// <summary>The spec of a network of such layers.</summary>
    public static NetworkSpec Spec(int inputSize, params IEnumerable<string> layers) => new(
        "App", [], "Net", "", "App.Net", inputSize, OneHot: false, ResetsMasked: false, Training: true, new EquatableArray<LayerSpec>(layers.Select(Layer)));

    /// <summary>Its plan.</summary>
    public static NetworkPlan Plan(int inputSize, params IEnumerable<string> layers) => NetworkPlanner.Plan(Spec(inputSize, layers), TestCatalogue.All);

    /// <summary>The equations of a layer, its activation included: it is not the last one.</summary>
    public static CellGraph Graph(string layer) =>
        NetworkGraph.Of(Spec(5, layer, "Dense Units=1"), TestCatalogue.All).Select(part => part.Cell).OfType<CellGraph>().First();

    private static LayerSpec Layer(string text, int index)
    {
        var words = text.Split(' ');
        var options = words.Skip(1).Select(word => new LayerOption(word.Split('=')[0], word.Split('=')[1]));
        return new LayerSpec(words[0], $"{words[0].ToLowerInvariant()}{index}", new EquatableArray<LayerOption>(options));
    }
}
