using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// A value in the equations of a cell: one number per unit or feature of a layer, or one number broadcast to all of them. The generator reads the
/// operations on it; <see cref="CellReference"/> evaluates them in double precision. It is immutable.
/// </summary>
public sealed class Vector
{
    private readonly double[] _values;

    internal Vector(double[] values, int rows = 1, PendingGate? pending = null) => (_values, Rows, Pending) = (values, rows, pending);

    /// <summary>The number of elements; 1 for a number that is broadcast to all units.</summary>
    public int Size => _values.Length / Rows;

    /// <summary>The gate that it is the pre-activation of, or a part of it; null for any other value.</summary>
    internal PendingGate? Pending { get; }

    /// <summary>The state that it is, as the last step left it; null for any other value.</summary>
    internal string? State { get; init; }

    /// <summary>How many vectors a parameter of several rows has.</summary>
    internal int Rows { get; }

    /// <summary>The numbers, as equations use them.</summary>
    internal double[] Values => Rows > 1
        ? throw new InvalidOperationException($"A parameter of {Rows} rows is used as one vector; take a row by its index: p[0].")
        : Pending is { } pending ? pending.Complete(this) : _values;

    /// <summary>The numbers of a pre-activation before its gate is complete.</summary>
    internal double[] Sum => _values;

    /// <summary>One vector of a parameter that holds several.</summary>
    /// <param name="row">From 0 to the number of rows − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Vector this[int row] => row >= 0 && row < Rows
        ? new Vector(_values[(row * Size)..((row + 1) * Size)])
        : throw new ArgumentOutOfRangeException(nameof(row), $"There is no row {row}; the parameter has {Rows}.");

    /// <summary>A number for all units.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Vector(double value) => new([value]);

    /// <summary>left + right, element by element.</summary>
    /// <param name="left">A vector or a number.</param>
    /// <param name="right">A vector of the same size, or a number.</param>
    public static Vector operator +(Vector left, Vector right) => PendingGate.Add(left, right) ?? Elementwise.Apply(left, right, (a, b) => a + b);

    /// <summary>left − right, element by element.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Vector operator -(Vector left, Vector right) => PendingGate.Subtract(left, right) ?? Elementwise.Apply(left, right, (a, b) => a - b);

    /// <summary>left · right, element by element.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Vector operator *(Vector left, Vector right) => PendingGate.Scale(left, right) ?? Elementwise.Apply(left, right, (a, b) => a * b);

    /// <summary>left / right, element by element.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Vector operator /(Vector left, Vector right) => Elementwise.Apply(left, right, (a, b) => a / b);

    /// <summary>−value.</summary>
    /// <param name="value">A vector or a number.</param>
    public static Vector operator -(Vector value) => Elementwise.Apply(value, a => -a);

    /// <summary>left > right, element by element, for <see cref="Equations.Select"/>.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Condition operator >(Vector left, Vector right) => new(left, right);

    /// <summary>left &lt; right, element by element.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Condition operator <(Vector left, Vector right) => new(right, left);

    /// <summary>left >= right, element by element: it holds where <c>right > left</c> does not.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Condition operator >=(Vector left, Vector right) => new(right, left, isNegated: true);

    /// <summary>left &lt;= right, element by element: it holds where <c>left > right</c> does not.</summary>
    /// <inheritdoc cref="op_Addition"/>
    public static Condition operator <=(Vector left, Vector right) => new(left, right, isNegated: true);
}
