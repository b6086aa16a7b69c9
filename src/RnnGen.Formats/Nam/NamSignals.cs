namespace RnnGen.Formats.Nam;

/// <summary>What one array of a WaveNet's layers gives the next one.</summary>
/// <param name="Layers">The layer whose values its layers read.</param>
/// <param name="Head">The layer whose values its head's sum begins with; null for none.</param>
internal readonly record struct NamSignals(string Layers, string? Head);
