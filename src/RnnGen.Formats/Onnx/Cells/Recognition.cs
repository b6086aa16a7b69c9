namespace RnnGen.Formats.Onnx;

/// <summary>What the recognition of cells knows.</summary>
/// <param name="Run">The graph's computation.</param>
/// <param name="States">The vectors that states become: where an update ends, and what another cell, or a peephole, reads.</param>
internal sealed record Recognition(GraphRun Run, IReadOnlySet<Vector> States);
