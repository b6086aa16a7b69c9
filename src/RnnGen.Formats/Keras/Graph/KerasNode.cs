namespace RnnGen.Formats.Keras;

/// <summary>What a layer attribute is made with, known when all of the graph is.</summary>
/// <param name="Name">Its name; null for none of its own.</param>
/// <param name="From">What it reads; null for the layer before it.</param>
/// <param name="IsOutput">Whether it is one of several outputs.</param>
internal sealed record KerasPlace(string? Name, string[]? From, bool IsOutput);

/// <summary>A layer of RnnGen's in the making: it is added to the network when something needs it.</summary>
/// <param name="Inputs">What it reads; the network's input is <see cref="Input"/>.</param>
/// <param name="Size">Values that it gives.</param>
/// <param name="Make">Makes its attribute.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Origin">The layer of Keras's from which it comes; null for the network's input.</param>
internal record KerasNode(
    IReadOnlyList<KerasNode> Inputs,
    int Size,
    Func<KerasPlace, LayerAttribute>? Make,
    IReadOnlyList<(string Parameter, float[] Values)> Parameters,
    KerasLayer? Origin)
{
    /// <summary>Whether it is the network's input, and that is a class.</summary>
    public bool IsClasses { get; private init; }

    /// <summary>The network's input.</summary>
    /// <param name="size">Features of a time step, or classes.</param>
    /// <param name="isClasses">Whether a time step is a class.</param>
    public static KerasNode Input(int size, bool isClasses = false) => new([], size, null, [], null) { IsClasses = isClasses };

    // A node is itself: two layers that are alike stay two.
    public virtual bool Equals(KerasNode? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
