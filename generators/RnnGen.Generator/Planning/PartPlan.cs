using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>A part of the network: a layer, or one of several that make it up.</summary>
/// <param name="Part">What is computed.</param>
/// <param name="Inputs">Features in.</param>
/// <param name="InputStride">Floats a row of its input.</param>
/// <param name="Outputs">Features out.</param>
/// <param name="OutputStride">Floats a row of its output.</param>
/// <param name="GradientStride">Floats a row of the gradient of its output: the product that computes it may pad more than the part pads its values.</param>
/// <param name="Columns">Of an operation on rows: what it takes from each of its inputs.</param>
/// <param name="Stages">Its stages; none for an operation on rows.</param>
internal sealed record PartPlan(
    Part Part, Size Inputs, Size InputStride, Size Outputs, Size OutputStride, Size GradientStride, IReadOnlyList<ColumnsPlan> Columns,
    IReadOnlyList<StagePlan> Stages)
{
    public string Id => Part.Id;

    /// <summary>Its name for display.</summary>
    public string Name => Part.Name;

    /// <summary>Its equations; null for an operation on rows.</summary>
    public CellGraph? Cell => Part.Cell;

    /// <summary>Its stages in training, where they have noise that others do not.</summary>
    public IReadOnlyList<StagePlan>? NoisyStages { get; init; }

    /// <summary>Its stages in training.</summary>
    public IReadOnlyList<StagePlan> TapedStages => NoisyStages ?? Stages;

    /// <summary>Multiply-adds of one step's products.</summary>
    public long MultiplyAdds => Stages.Sum(stage =>
        (long)stage.Stage.Units * stage.Product.Segments.Sum(segment => segment.Gather ? 0 : segment.Columns * segment.Feeds.Count));

    public bool OncePerSequence => Part.OncePerSequence;

    public bool Recurrent => Part.Role == PartRole.Recurrent;

    /// <summary>What it carries from step to step.</summary>
    public IReadOnlyList<CellState> States => Part.States;

    /// <summary>Features in.</summary>
    public int InputSize => Part.InputSize;

    /// <summary>Features out.</summary>
    public int OutputSize => Part.OutputSize;

    /// <summary>Whether its kernels are its own: the second direction of a layer uses those of the first.</summary>
    public bool OwnsKernels => Part.KernelsOf is null;

    /// <summary>Of a window: floats a row of a state, which is what came before.</summary>
    public Size PastStride(CellState state, SizeScope sizes) =>
        sizes.Of(Blocking.Elementwise(state.Size).PaddedUnits, TapePlanner.StrideSummary, Id, state.Name, "Stride");

    /// <summary>Of a window, or of surroundings: its sizes.</summary>
    public Window? Window { get; init; }
}

/// <summary>Columns that an operation on rows takes from one of its inputs.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Size">How many.</param>
/// <param name="Offset">Where they go.</param>
/// <param name="Accumulate">Whether their gradient is added to what others, who also read the input, have left there.</param>
/// <param name="IsWhole">Whether the input has no more columns than these.</param>
internal sealed record ColumnsPlan(string Name, Size Size, Size Offset, bool Accumulate, bool IsWhole);
