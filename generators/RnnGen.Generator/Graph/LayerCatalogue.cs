using RnnGen.Generator.Cells;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Graph;

/// <summary>
/// Every layer kind there is, by the name of its attribute. A new layer is one row here, its equations in a file of <c>Cells</c>, and one attribute in the
/// runtime.
/// </summary>
internal sealed class LayerCatalogue(IEnumerable<LayerKind> kinds)
{
    private readonly Dictionary<string, LayerKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly IReadOnlyList<LayerOption> RecurrentDefaults = [new("Direction", "Forward"), new("Merge", MergeCell.Concat), new("Bias", "true")];

    private static readonly IReadOnlyList<LayerOption> GateDefaults = [new("GateActivation", "Sigmoid"), new("CandidateActivation", "Tanh")];

    private static readonly IReadOnlyList<LayerOption> DenseDefaults = [new(ActivationKind.Option, ActivationKind.Linear), new("Bias", "true")];

    private static readonly IReadOnlyList<string> RecurrentTraining = ["RecurrentDropout"];

    /// <summary>Cells of users.</summary>
    private static readonly LayerKind OwnCell = new("", new RecurrentParts((spec, input, taped) => new OwnCell(spec, input.Size, input.IsClass).ToGraph(taped)))
    {
        Activations = ActivationKind.Elementwise,
        Rules = RecurrentCell.CommonRules,
        Defaults = RecurrentDefaults,
        TrainingOptions = RecurrentTraining,
    };

    /// <summary>The layers that RnnGen ships.</summary>
    public static LayerCatalogue Default { get; } = new(
    [
        new("Rnn", new RecurrentParts((spec, input, taped) => new RnnCell(spec).ToGraph(input.Size, taped)))
        {
            Activations = ActivationKind.Elementwise,
            Rules = RnnCell.Rules,
            Defaults = [.. RecurrentDefaults, new(ActivationKind.Option, "Tanh")],
            TrainingOptions = RecurrentTraining,
        },
        new("Lstm", new RecurrentParts((spec, input, taped) => new LstmCell(spec).ToGraph(input.Size, taped)))
        {
            Activations = ActivationKind.Elementwise,
            Rules = LstmCell.Rules,
            Defaults = [.. RecurrentDefaults, .. GateDefaults, new("CellActivation", "Tanh")],
            TrainingOptions = RecurrentTraining,
            InitialOptions = ["ForgetBias"],
        },
        new("Gru", new RecurrentParts((spec, input, taped) => new GruCell(spec).ToGraph(input.Size, taped)))
        {
            Activations = ActivationKind.Elementwise,
            Rules = GruCell.Rules,
            Defaults = [.. RecurrentDefaults, .. GateDefaults, new("Reset", "AfterProduct")],
            TrainingOptions = RecurrentTraining,
        },
        new("Dense", new PerStepParts(spec => new DenseCell(spec)))
        {
            Activations = ActivationKind.All,
            Rules = DenseCell.Rules,
            Defaults = DenseDefaults,
        },
        new("Embedding", new PerStepParts(spec => new EmbeddingCell(spec.Number("Units")))) { TakesClasses = true },
        new("Conv1D", new ConvolutionParts(spec => new ConvolutionCell(spec)))
        {
            Activations = ActivationKind.All,
            Rules = ConvolutionCell.Rules,
            Defaults = [.. DenseDefaults, new("Dilation", "1"), new(ConvolutionCell.Padding, ConvolutionCell.Causal)],
        },
        new("Activation", new ElementwiseParts((spec, size) => new ActivationCell(spec, size)))
        {
            Activations = ActivationKind.All,
            Rules = ActivationCell.Rules,
            Defaults = [DenseDefaults[0]],
        },
        new("LayerNorm", new ElementwiseParts((_, size) => new LayerNormCell(size))) { Scales = true },
        new("LastStep", new LastStepParts()),
        new("MeanPool", new PoolingParts(size => new MeanPoolCell(size))),
        new("MaxPool", new PoolingParts(size => new MaxPoolCell(size))),
        new("Dropout", new DropoutParts()) { Rules = DropoutCell.Rules },
        new("Skip", new SkipParts()),
        new("Concat", new ConcatParts()),
        new("Add", new FoldParts("add", (left, right) => left + right)),
        new("Multiply", new FoldParts("multiply", (left, right) => left * right)),
    ]);

    /// <summary>The names of all kinds.</summary>
    public IEnumerable<string> Names => _kinds.Keys;

    /// <summary>The kind of a layer, or null. A cell of the user's is a kind whatever its name.</summary>
    public LayerKind? Find(LayerSpec layer) => layer.Cell is null ? Find(layer.Kind) : OwnCell with { Name = layer.Kind };

    /// <summary>The kind of that name, or null.</summary>
    public LayerKind? Find(string name) => _kinds.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>This catalogue and more rows.</summary>
    public LayerCatalogue With(params LayerKind[] more) => new(_kinds.Values.Concat(more));
}
