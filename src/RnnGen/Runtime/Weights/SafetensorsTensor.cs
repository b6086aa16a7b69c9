namespace RnnGen.Runtime;

/// <summary>What a safetensors header says of one tensor. Only 32-bit floats are read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; no dimension is negative.</param>
/// <param name="Begin">Where its data starts, in bytes from the start of the data.</param>
/// <param name="End">Where its data ends.</param>
internal sealed record SafetensorsTensor(string Name, IReadOnlyList<long> Shape, long Begin, long End);
