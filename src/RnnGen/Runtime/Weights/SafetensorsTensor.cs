namespace RnnGen.Runtime;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; no dimension is negative.</param>
/// <param name="Begin">Where its data starts, in bytes from the start of the data.</param>
/// <param name="End">Where its data ends.</param>
/// <param name="Type">How its numbers are stored.</param>
internal sealed record SafetensorsTensor(string Name, IReadOnlyList<long> Shape, long Begin, long End, TensorType Type);
