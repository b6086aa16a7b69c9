using RnnGen.Runtime;

namespace RnnGen;

/// <summary>A named array of 32-bit floats, as files of weights hold them.</summary>
public sealed class NamedTensor
{
    /// <summary>A tensor that holds the given array; it is not copied.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its dimensions, the slowest first; empty for a single number.</param>
    /// <param name="values">Row-major; as many as the product of the dimensions.</param>
    /// <exception cref="ArgumentException">A dimension is negative, or the number of values is another.</exception>
    public NamedTensor(string name, IEnumerable<int> shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        (Name, Shape, Values) = (name, [.. shape], values);
        long count = 1;
        foreach (int dimension in Shape)
        {
            if (dimension < 0)
                throw new ArgumentException($"tensor {SafetensorsError.Quote(name)}: expected dimensions of at least 0, got {SafetensorsError.Shape(Shape.Select(size => (long)size))}", nameof(shape));
            count = Math.Min(count * dimension, long.MaxValue / int.MaxValue);
        }

        if (count != values.Length)
            throw new ArgumentException($"tensor {SafetensorsError.Quote(name)}: expected {count} values, the product of {SafetensorsError.Shape(Shape.Select(size => (long)size))}, got {values.Length}", nameof(values));
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its dimensions, the slowest first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Its values, row-major.</summary>
    public float[] Values { get; }

    /// <summary>Name and shape: <c>lstm0.weight_ih [256, 20]</c>.</summary>
    public override string ToString() => $"{Name} {SafetensorsError.Shape(Shape.Select(size => (long)size))}";
}
