using RnnGen.Runtime;
using System.Diagnostics;

namespace RnnGen;

/// <summary>One trainable tensor of a network. Values are seen in canonical layout: row-major, gate by gate, as PyTorch stores them.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Parameter
{
    private readonly PackedTensor _tensor;

    internal Parameter(PackedTensor tensor) => _tensor = tensor;

    /// <summary>Its name, as in files: <c>lstm0.weight_ih</c>.</summary>
    public string Name => _tensor.Layout.Name;

    /// <summary>Its canonical shape: [rows, columns], or [rows] for a vector.</summary>
    public IReadOnlyList<int> Shape => _tensor.Layout.Shape;

    /// <summary>The number of values: the product of <see cref="Shape"/>.</summary>
    public int Count => _tensor.Layout.Count;

    /// <summary>Whether training changes it; false for a parameter that a cell's author has fixed. <see cref="Set"/> changes it anyway.</summary>
    public bool IsTrained => _tensor.Layout.Trained;

    /// <summary>Initial values are drawn evenly from [−bound, bound).</summary>
    internal float InitialBound => _tensor.Layout.InitialBound;

    /// <summary>Overwrites the values, canonical, of gates that begin with a value of their own.</summary>
    internal void FillWithInitialValues(Span<float> values)
    {
        int length = Count / _tensor.Layout.Gates.Count;
        for (int gate = 0; gate < _tensor.Layout.Gates.Count; gate++)
            if (_tensor.Layout.Gates[gate].InitialValue is float value)
                values.Slice(gate * length, length).Fill(value);
    }

    /// <summary>Sets all values.</summary>
    /// <param name="source">[<see cref="Count"/>] values, canonical.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="source"/> has another length, or holds a NaN or an infinity, which no file of weights holds either; no value has changed.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Set(ReadOnlySpan<float> source)
    {
        if (source.Length == Count && FiniteWeights.IndexOfOther(source) is >= 0 and var index)
        {
            string got = FiniteWeights.Name(source[index]);
            throw new ArgumentException($"source: expected finite values of {Name}, got {got} at index {index}", nameof(source));
        }

        Replace(source);
    }

    /// <summary>Sets all values, which have been checked.</summary>
    internal void Replace(ReadOnlySpan<float> source) => _tensor.Set(source, nameof(source));

    /// <summary>Copies all values out.</summary>
    /// <param name="destination">Receives [<see cref="Count"/>] values, canonical.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void CopyTo(Span<float> destination) => _tensor.CopyTo(destination, nameof(destination));

    /// <summary>A copy of all values, canonical.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public float[] ToArray() => _tensor.ToArray();

    /// <inheritdoc/>
    public override string ToString() => _tensor.ToString();
}
