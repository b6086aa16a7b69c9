using RnnGen.Runtime;
using System.Diagnostics;

namespace RnnGen.Training;

/// <summary>The gradient of one parameter, as a tape has summed it up. Values are seen in the parameter's canonical layout.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Gradient
{
    private readonly PackedTensor _tensor;

    internal Gradient(PackedTensor tensor) => _tensor = tensor;

    /// <summary>The parameter's name: <c>lstm0.weight_ih</c>.</summary>
    public string Name => _tensor.Layout.Name;

    /// <summary>The parameter's canonical shape: [rows, columns], or [rows] for a vector.</summary>
    public IReadOnlyList<int> Shape => _tensor.Layout.Shape;

    /// <summary>The number of values: the product of <see cref="Shape"/>.</summary>
    public int Count => _tensor.Layout.Count;

    /// <summary>Copies all values out.</summary>
    /// <param name="destination">Receives [<see cref="Count"/>] values, canonical.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The tape has been disposed of.</exception>
    public void CopyTo(Span<float> destination) => _tensor.CopyTo(destination, nameof(destination));

    /// <summary>A copy of all values, canonical.</summary>
    /// <exception cref="ObjectDisposedException">The tape has been disposed of.</exception>
    public float[] ToArray() => _tensor.ToArray();

    /// <inheritdoc/>
    public override string ToString() => _tensor.ToString();
}
