using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>A vector of recurrent equations while they are recorded.</summary>
/// <param name="recorder">What records it.</param>
/// <param name="value">Its elements.</param>
/// <param name="size">How many; 0 for a number that stands for all units.</param>
internal sealed class VectorValue(CellRecorder recorder, Expr value, int size)
{
    /// <summary>Its elements, as they are: of a gate, before it is complete.</summary>
    public Expr Value => value;

    public int Size => size;

    /// <summary>What it is as something that matrices multiply; null where it has no name yet.</summary>
    public VectorSource? Source { get; init; }

    /// <summary>The gate that it is the pre-activation of, or a part of one; null for any other value.</summary>
    public string? Gate { get; init; }

    /// <summary>Whether it is a part of a gate, which may be scaled and added to others before layer normalisation.</summary>
    public bool IsPart { get; init; }

    /// <summary>What it is once its gate is complete: it is used twice, and completed once.</summary>
    public VectorValue? Complete { get; set; }

    /// <summary>The parameter of several rows that it is, of which only one row at a time is a vector; null for any other value.</summary>
    public string? Rows { get; init; }

    /// <summary>Of such a parameter: how many rows.</summary>
    public int RowCount { get; init; }

    /// <summary>A row of such a parameter.</summary>
    public VectorValue this[int row] => recorder.Row(this, row);

    public static VectorValue operator +(VectorValue left, VectorValue right) => left.Combine("+", right);

    public static VectorValue operator *(VectorValue left, VectorValue right) => left.Combine("*", right);

    public static VectorValue operator /(VectorValue left, VectorValue right) => left.Combine("/", right);

    public static VectorValue operator -(VectorValue left, VectorValue right) => left.Combine("-", right);

    public static VectorValue operator -(VectorValue left, float right) => left.Combine("-", left.Number(right));

    public static VectorValue operator +(float left, VectorValue right) => right.Number(left).Combine("+", right);

    public static VectorValue operator /(float left, VectorValue right) => right.Number(left).Combine("/", right);

    public static VectorValue operator *(float left, VectorValue right) => right.Number(left).Combine("*", right);

    public static VectorValue operator -(float left, VectorValue right) => right.Number(left).Combine("-", right);

    private VectorValue Number(float number) => recorder.Number(number);

    private VectorValue Combine(string name, VectorValue right) => (VectorValue)recorder.Binary(name, this, right);
}

/// <summary>A comparison of two vectors: a difference that is positive where it holds.</summary>
/// <param name="Difference">Of the two vectors.</param>
/// <param name="IsNegated">Whether the comparison holds where the difference is not positive.</param>
internal sealed record ConditionValue(VectorValue Difference, bool IsNegated = false);
