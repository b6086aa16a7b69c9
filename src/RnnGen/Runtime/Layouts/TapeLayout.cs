using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>The memory that a network's forward pass keeps for back-propagation, as named regions.</summary>
/// <param name="Regions">The regions; generated code knows them by index.</param>
/// <param name="InputRegion">Holds the batch's frames, [T × B, InputSize] without padding.</param>
/// <param name="LogitRegion">Holds the last layer's output rows: T × B rows, or B when many-to-one.</param>
/// <param name="LogitRowOffset">
/// The first row that counts in <paramref name="LogitRegion"/>, in batches: 1 where its first batch of rows is an initial state, else 0.
/// </param>
/// <param name="LogitGradientRegion">Receives the gradient of the logits: rows as in <paramref name="LogitRegion"/> without the offset.</param>
/// <param name="InputGradientRegion">Holds the gradient of the frames after <c>Backward</c>: T × B rows.</param>
/// <param name="SplitsBackward">
/// Whether threads can share the backward pass: not where the derivatives of equations add to gradients of weights (peepholes, layer normalisation).
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TapeLayout(
    IReadOnlyList<TapeRegion> Regions,
    int InputRegion,
    int LogitRegion,
    int LogitRowOffset,
    int LogitGradientRegion,
    int InputGradientRegion,
    bool SplitsBackward = true);

/// <summary>A region of a tape.</summary>
/// <param name="Name">For display: <c>lstm0.h</c>.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Stride">Floats per row, padding included.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TapeRegion(string Name, TapeRows Rows, int Stride);

/// <summary>How many rows a region of a tape has, T being its time steps and B its batch.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TapeRows
{
    /// <summary>1.</summary>
    One,

    /// <summary>B.</summary>
    Batch,

    /// <summary>2 × B: two buffers that a loop over time swaps.</summary>
    TwoBatches,

    /// <summary>T × B; row t × B + b is sequence b at step t.</summary>
    Steps,

    /// <summary>(T + 1) × B: the first B rows hold the state before the first step, then one batch of rows per step.</summary>
    StepsAndInitial,
}
