namespace RnnGen.Formats.Torch;

/// <summary>A tensor of a state dict.</summary>
/// <param name="Name">Its name there: <c>rec.weight_ih_l0</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Values">Reads its numbers, the last dimension fastest.</param>
internal sealed record StateTensor(string Name, IReadOnlyList<int> Shape, Func<float[]> Values);
