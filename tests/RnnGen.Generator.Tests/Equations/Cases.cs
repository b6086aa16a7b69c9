using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>Layers written shortly, <c>Rnn Units=5 Activation=Relu</c>, for tests that begin behind the parser.</summary>
internal static class Cases
{
    /// <summary>Every recurrent cell of the catalogue with every option, and options together; in sizes that fill no vector.</summary>
    public static IEnumerable<string> Recurrent => CatalogueCases.Of(LayerRole.Recurrent).Concat(Combined);

    /// <summary>The same without the choices of activations, for tests that take long.</summary>
    public static IEnumerable<string> RecurrentWithoutActivations => CatalogueCases.WithoutActivations(LayerRole.Recurrent).Concat(Combined);

    /// <summary>Every layer of the catalogue that has equations and no cell, with every option.</summary>
    public static IEnumerable<string> PerStep =>
    [
        .. CatalogueCases.Of(LayerRole.PerStep), .. CatalogueCases.Of(LayerRole.Convolution), "Dense Units=5 Activation=HardSigmoid ActivationAlpha=1 ActivationBeta=0.25",
        .. CatalogueCases.Of(LayerRole.Elementwise), "Dense Units=5 Activation=Softmax", "Conv1D Units=5 KernelSize=3 Activation=Softmax", "Activation Activation=Softmax",
        "Dense Units=5 Activation=Affine ActivationAlpha=-2 ActivationBeta=0.25", "Conv1D Units=5 KernelSize=1", "Conv1D Units=5 KernelSize=3 Dilation=2 Activation=Tanh",
    ];

    /// <summary>The pooling layers of the catalogue.</summary>
    public static IEnumerable<string> Pooling => CatalogueCases.Of(LayerRole.Pooling);

    /// <summary>The layers of the catalogue without parameters, each behind a recurrent one that is as wide as the input: <c>Rnn Units=3|Skip</c>.</summary>
    public static IEnumerable<string> Behind(string first) =>
        new[] { LayerRole.LastStep, LayerRole.Pooling, LayerRole.Dropout, LayerRole.Skip }.SelectMany(CatalogueCases.Of).Select(layer => $"{first}|{layer}");

    private static IEnumerable<string> Combined =>
    [
        "Lstm Units=9 Projection=3", "Lstm Units=3 Projection=9", "Relay Units=2 Memory=9", "Decaying Units=5 Clip=0.3",
        "Lstm Units=5 Peephole=true CoupledGates=true Projection=3 Clip=0.3 CellClip=0.2",
        "Lstm Units=5 Peephole=true CellClip=0.3 Bias=false", "Lstm Units=5 GateActivation=HardSigmoid GateAlpha=1 CandidateActivation=Softsign CellActivation=LeakyRelu",
        "Gru Units=5 Clip=0.3 Bias=false", "Gru Units=5 Reset=BeforeProduct Clip=0.2 GateActivation=HardSigmoidOnnx CandidateActivation=Elu CandidateAlpha=0.75",
        "Rnn Units=5 Activation=Softplus Bias=false Clip=0.3", "Rnn Units=5 Activation=Gelu Clip=0.3",
        "Lstm Units=5 LayerNorm=true Peephole=true Clip=0.6 Projection=3", "Lstm Units=5 LayerNorm=true CoupledGates=true Bias=false",
        "Gru Units=5 LayerNorm=true Reset=BeforeProduct", "Lstm Units=5 LayerNorm=true Direction=Bidirectional Merge=Sum",
    ];

    /// <summary>Layers that become several parts.</summary>
    public static IEnumerable<string> SeveralParts =>
    [
        "Gru Units=3 Direction=Bidirectional", "Lstm Units=5 Peephole=true Direction=Bidirectional Merge=Average", "Relay Units=5 Memory=2 Direction=Bidirectional Merge=Multiply",
    ];

    /// <summary>The layers of the catalogue that make one vector of several, each behind a dense layer and a recurrent one that are as wide as the input, 3.</summary>
    public static IEnumerable<string> Joins => CatalogueCases.Of(LayerRole.Join).Select(layer => $"Dense Units=3|Rnn Units=3|{layer} From=dense0,rnn1,input,dense0");

    /// <summary>Networks whose layers read others than the one before them; the input has 3 features.</summary>
    public static IEnumerable<string> Graphs =>
    [
        "Dense Units=4 Activation=Tanh|Gru Units=4|Add From=dense0,gru1|Dense Units=2",
        "Dense Units=5|Gru Units=3|Gru Units=6 From=dense0,gru1,input|Dense Units=4 Activation=Sigmoid From=gru2,dense0",
        "Lstm Units=3|Dense Units=19|Dense Units=19 Activation=Sigmoid From=lstm0|Multiply From=dense1,dense2|Dense Units=2 Activation=Softmax",
        "Rnn Units=3|Multiply From=rnn0,input,rnn0|Concat From=multiply1,rnn0,multiply1|Dense Units=3|Add From=dense3,input,dense3",
        "Lstm Units=4|Lstm Units=4 From=input|Lstm Units=4 From=input|Add From=lstm0,lstm1,lstm2|Gru Units=3 From=add3,lstm1",
        "Conv1D Units=4 KernelSize=3|Conv1D Units=4 KernelSize=3 Dilation=2|Add From=conv1d0,conv1d1|Dense Units=3 From=add2,input|Skip",
        "Gru Units=4|Lstm Units=5 From=input Direction=Bidirectional|Rnn Units=4 From=lstm1,gru0 Direction=Reverse|Add From=gru0,rnn2|Dense Units=3 From=add3,lstm1,input",
        "LayerNorm|Dense Units=20 Activation=Softmax|Dense Units=20 Activation=Tanh From=layernorm0|Multiply From=dense1,dense2|Activation Activation=Sigmoid",
        "Gru Units=4 Direction=Bidirectional|Gru Units=4 Direction=Bidirectional|Add From=gru0,gru1|Gru Units=4 From=input,add2 Direction=Reverse",
    ];

    /// <summary>The same with several outputs.</summary>
    public static IEnumerable<string> Outputs =>
    [
        "Dense Units=4 Activation=Tanh|Gru Units=3|Dense Units=1 Activation=Sigmoid IsOutput=true|Gru Units=5 From=dense0,gru1,dense2|Dense Units=3 Activation=Sigmoid IsOutput=true",
        "Gru Units=3 IsOutput=true|Dense Units=5 Activation=Softmax IsOutput=true|Dense Units=2 IsOutput=true",
        "Rnn Units=3 Direction=Bidirectional IsOutput=true|Dense Units=2 Activation=Softmax IsOutput=true|Rnn Units=4 Direction=Reverse From=dense1,rnn0 IsOutput=true",
        "Lstm Units=3|Dense Units=20 IsOutput=true|Dropout Rate=0.5 IsOutput=true",
    ];

    /// <summary>Layers that read others, with one answer a sequence.</summary>
    public static IEnumerable<string> GraphsToEnds =>
    [
        "Gru Units=5|Dropout Rate=0.5|LastStep|Dense Units=4 From=dropout1|MeanPool|MaxPool From=gru0,dense3|Dense Units=3 From=laststep2,meanpool4,maxpool5",
        "Gru Units=5|Dropout Rate=0.5 From=gru0,input|LastStep|Dense Units=2",
        "Lstm Units=5 Direction=Bidirectional Merge=Sum|LastStep|MeanPool From=lstm0|Multiply From=laststep1,meanpool2|Dense Units=2",
        "Rnn Units=3|LastStep|LastStep From=input|Concat From=laststep1,laststep2",
        "Gru Units=3|LastStep|LayerNorm|Dense Units=4 Activation=Softmax|Dense Units=2",
        "Gru Units=3|Dropout Rate=0.5|LastStep IsOutput=true|MeanPool From=gru0|Dense Units=4 Activation=Softmax IsOutput=true|Dense Units=2 Activation=Sigmoid IsOutput=true",
    ];

    /// <summary>Whether a layer's equations divide by what may be 0: near there, a difference is far from the derivative. The sum of a softmax's powers is 1 at least.</summary>
    public static bool HasPoles(string layer) => !layer.Contains("=Softmax", StringComparison.Ordinal) && Graph(layer).Stages.SelectMany(stage => stage.Equations).Any(equation => Divides(equation.Value));

    /// <summary>Whether a layer takes a class, so that it is a network's first.</summary>
    public static bool TakesClasses(string layer) => TestCatalogue.All.Find(layer.Split(' ')[0])?.TakesClasses == true;

    /// <summary>The spec of a network of such layers; its steps are classes where the first layer takes nothing else.</summary>
    public static NetworkSpec Spec(int inputSize, params IEnumerable<string> layers) => new(
        "App", [], "Net", "", "App.Net", inputSize, OneHot: TakesClasses(layers.First()), ResetsMasked: false, Training: true,
        new EquatableArray<LayerSpec>(layers.Select(Layer)));

    /// <summary>Its plan.</summary>
    public static NetworkPlan Plan(int inputSize, params IEnumerable<string> layers) => NetworkPlanner.Plan(Spec(inputSize, layers), TestCatalogue.All);

    /// <summary>The equations of a layer, its activation included: it is not the last one.</summary>
    public static CellGraph Graph(string layer) =>
        NetworkGraph.Of(Spec(5, layer, "Dense Units=1"), TestCatalogue.All).Select(part => part.Cell).OfType<CellGraph>().First();

    private static bool Divides(Expr value) => value is Div or Apply { Function.Name: nameof(Function.Reciprocal) } || value.Operands.Any(Divides);

    private static LayerSpec Layer(string text, int index)
    {
        var words = text.Split(' ');
        var options = words.Skip(1).Select(word => new LayerOption(word.Split('=')[0], word.Split('=')[1])).ToList();
        return new LayerSpec(
            words[0], $"{words[0].ToLowerInvariant()}{index}", new EquatableArray<LayerOption>(options.Where(option => option.Name is not ("From" or "IsOutput"))))
        {
            From = new EquatableArray<string>(options.Where(option => option.Name == "From").SelectMany(from => from.Value.Split(','))),
            IsOutput = options.Exists(option => option.Name == "IsOutput"),
        };
    }
}
