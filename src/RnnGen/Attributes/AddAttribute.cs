namespace RnnGen;

/// <summary>The sum of what it reads, at least two vectors of one size: <c>[Add(From = ["a", "b"])]</c> is <c>a + b</c>.</summary>
public sealed class AddAttribute : LayerAttribute;
