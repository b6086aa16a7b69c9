namespace RnnGen.Runtime;

/// <summary>A tensor to be written to a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Makes a copy of its values, row-major: asked for when the tensor is written, so that large ones are not all copied at once.</param>
internal sealed record SafetensorsValues(string Name, IReadOnlyList<int> Shape, Func<float[]> Values);
