using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// Every layer kind there is, by the name of its attribute. A new layer is one row here, one file beside this one and one attribute in the runtime.
/// </summary>
internal sealed class LayerCatalogue(IEnumerable<LayerKind> kinds)
{
    private readonly Dictionary<string, LayerKind> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly IReadOnlyList<LayerOption> RecurrentDefaults = [new("Direction", "Forward"), new("Merge", MergeCell.Concat), new("Bias", "true")];

    private static readonly IReadOnlyList<LayerOption> GateDefaults = [new("GateActivation", "Sigmoid"), new("CandidateActivation", "Tanh")];

    private static readonly IReadOnlyList<LayerOption> DenseDefaults = [new(ActivationKind.Option, ActivationKind.Linear), new("Bias", "true")];

    private static readonly IReadOnlyList<string> RecurrentTraining = ["RecurrentDropout"];

    /// <summary>The layers that RnnGen ships.</summary>
    public static LayerCatalogue Default { get; } = new(
    [
        new("Rnn", LayerRole.Recurrent, ActivationKind.Elementwise, (spec, _) => new RnnCell(spec))
        {
            Defaults = [.. RecurrentDefaults, new(ActivationKind.Option, "Tanh")],
            TrainingOptions = RecurrentTraining,
        },
        new("Lstm", LayerRole.Recurrent, ActivationKind.Elementwise, (spec, _) => new LstmCell(spec))
        {
            Defaults = [.. RecurrentDefaults, .. GateDefaults, new("CellActivation", "Tanh")],
            TrainingOptions = RecurrentTraining,
            InitialOptions = ["ForgetBias"],
        },
        new("Gru", LayerRole.Recurrent, ActivationKind.Elementwise, (spec, _) => new GruCell(spec))
        {
            Defaults = [.. RecurrentDefaults, .. GateDefaults, new("Reset", "AfterProduct")],
            TrainingOptions = RecurrentTraining,
        },
        new("Dense", LayerRole.PerStep, ActivationKind.All, (spec, _) => new DenseCell(spec)) { Defaults = DenseDefaults },
        new("Embedding", LayerRole.PerStep, [], (spec, _) => new EmbeddingCell(spec.Number("Units"))) { TakesClasses = true },
        new("Conv1D", LayerRole.Convolution, ActivationKind.Elementwise, (spec, _) => new ConvolutionCell(spec))
        {
            Defaults = [.. DenseDefaults, new("Dilation", "1")],
        },
        new("LastStep", LayerRole.LastStep, [], null),
        new("MeanPool", LayerRole.Pooling, [], (_, size) => new MeanPoolCell(size)),
        new("MaxPool", LayerRole.Pooling, [], (_, size) => new MaxPoolCell(size)),
        new("Dropout", LayerRole.Dropout, [], (_, size) => new DropoutCell(size)),
        new("Skip", LayerRole.Skip, [], null),
    ]);

    /// <summary>The names of all kinds.</summary>
    public IEnumerable<string> Names => _kinds.Keys;

    /// <summary>The kind of that name, or null.</summary>
    public LayerKind? Find(string name) => _kinds.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>This catalogue and more rows.</summary>
    public LayerCatalogue With(params LayerKind[] more) => new(_kinds.Values.Concat(more));
}

/// <summary>A row of the catalogue.</summary>
/// <param name="Name">The attribute's name without <c>Attribute</c>.</param>
/// <param name="Role">What it does with time.</param>
/// <param name="Activations">What its activations may be.</param>
/// <param name="CreateCell">Its equations, from what the attribute says and the size of its input; null for a layer that computes nothing.</param>
internal sealed record LayerKind(string Name, LayerRole Role, IReadOnlyList<string> Activations, Func<LayerSpec, int, Cell>? CreateCell)
{
    /// <summary>Whether its input can only be a class.</summary>
    public bool TakesClasses { get; init; }

    /// <summary>
    /// What options are where they are not given, but for those that are false or 0 then: the text of an architecture does not mention what is as it is
    /// without being said.
    /// </summary>
    public IReadOnlyList<LayerOption> Defaults { get; init; } = [];

    /// <summary>Options that change nothing in inference.</summary>
    public IReadOnlyList<string> TrainingOptions { get; init; } = [];

    /// <summary>Options that decide what parameters are at first, and nothing else.</summary>
    public IReadOnlyList<string> InitialOptions { get; init; } = [];

    /// <summary>Whether an option has the value that it has where it is not given.</summary>
    public bool IsDefault(LayerOption option) => Defaults.FirstOrDefault(candidate => candidate.Name == option.Name) is { } other
        ? option.Value == other.Value
        : option.Value is "false" or "0";

    /// <summary>Whether it has parameters.</summary>
    public bool Learns => Role is LayerRole.Recurrent or LayerRole.PerStep or LayerRole.Convolution;
}

/// <summary>What a layer does with time.</summary>
internal enum LayerRole
{
    /// <summary>Its state goes from step to step.</summary>
    Recurrent,

    /// <summary>It treats every step alike and alone.</summary>
    PerStep,

    /// <summary>It keeps the last unmasked step.</summary>
    LastStep,

    /// <summary>It keeps one value of all unmasked steps.</summary>
    Pooling,

    /// <summary>It hides values at random, in training only.</summary>
    Dropout,

    /// <summary>It treats a step and some before it.</summary>
    Convolution,

    /// <summary>It adds the network's input.</summary>
    Skip,
}
