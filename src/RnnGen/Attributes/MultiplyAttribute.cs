namespace RnnGen;

/// <summary>
/// The elementwise product of what it reads, at least two vectors of one size: <c>[Multiply(From = ["a", "b"])]</c> is <c>a ⊙ b</c>, with a sigmoid in one of
/// them a gate.
/// </summary>
public sealed class MultiplyAttribute : LayerAttribute;
