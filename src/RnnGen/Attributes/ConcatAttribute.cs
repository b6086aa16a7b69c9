namespace RnnGen;

/// <summary>
/// What it reads side by side, at least two vectors: <c>[Concat(From = ["a", "b"])]</c>. Every layer does so with several inputs; this one gives the result a
/// name.
/// </summary>
public sealed class ConcatAttribute : LayerAttribute;
