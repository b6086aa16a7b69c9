namespace RnnGen.Formats.Dl4j;

/// <summary>A layer of RnnGen's that a layer of Deeplearning4j's becomes, or is a part of.</summary>
/// <param name="Inputs">Values that it reads; null for any number.</param>
/// <param name="Layer">Makes it, from what it reads and whether it is an output.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Kind">Its class there.</param>
internal sealed record Dl4jPart(int? Inputs, Func<string[]?, bool, LayerAttribute> Layer, IReadOnlyList<(string Parameter, float[] Values)> Parameters, string Kind)
{
    /// <summary>One without parameters.</summary>
    public static Dl4jPart Of(string kind, Func<string[]?, bool, LayerAttribute> layer) => new(null, layer, [], kind);
}
