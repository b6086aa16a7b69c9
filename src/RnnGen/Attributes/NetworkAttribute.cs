namespace RnnGen;

/// <summary>
/// Makes a partial class a network: its <see cref="LayerAttribute">layer attributes</see> become forward and back-propagation-through-time loops of constant sizes.
/// </summary>
/// <param name="inputSize">Features per time step.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute(int inputSize) : Attribute
{
    /// <summary>Features per time step.</summary>
    public int InputSize { get; } = inputSize;

    /// <summary>
    /// Whether to generate what training needs (tape, <c>Forward</c>, <c>Backward</c>); true unless set. A network that only infers is smaller without it.
    /// </summary>
    public bool Training { get; init; } = true;
}
