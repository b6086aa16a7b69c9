namespace RnnGen.Runtime;

/// <summary>
/// The gate that a vector is the pre-activation of, or a part of one, until it is used: only then is it normalised (a part) and held within the option
/// <c>Clip</c>, with all that was added to it.
/// </summary>
/// <param name="execution">The current step.</param>
/// <param name="gate">The gate's name.</param>
/// <param name="isPart">Whether it is a part, which may be scaled and added to others before layer normalisation.</param>
internal sealed class PendingGate(CellExecution execution, string gate, bool isPart)
{
    private double[]? _complete;

    /// <summary>The values with everything that the options say of a pre-activation.</summary>
    public double[] Complete(Vector vector) => _complete ??= execution.Clipped(Whole(vector.Sum));

    /// <summary>left + right where one of them is a gate's, which the sum then is too; null where the sum is any vector.</summary>
    public static Vector? Add(Vector left, Vector right) => (left.Pending, right.Pending) switch
    {
        ({ } first, { } second) => first.AddPart(left, second, right),
        ({ } gate, null) => gate.Plus(left, right),
        (null, { } gate) => gate.Plus(right, left),
        _ => null,
    };

    /// <summary>left − right where left is a gate's and right is not; null where the difference is any vector.</summary>
    public static Vector? Subtract(Vector left, Vector right) => left.Pending is { } gate && right.Pending is null ? gate.Plus(left, -right) : null;

    /// <summary>left · right where one of them is a part of a gate, which the product then is too; null where it is any vector.</summary>
    public static Vector? Scale(Vector left, Vector right) => (left.Pending, right.Pending) switch
    {
        ({ } part, null) => part.Times(left, right),
        (null, { } part) => part.Times(right, left),
        _ => null,
    };

    private Vector? AddPart(Vector own, PendingGate other, Vector vector) => IsPart && other.IsPart && Gate == other.Gate
        ? Of(Elementwise.Apply(new Vector(own.Sum), new Vector(vector.Sum), (a, b) => a + b), isPart: true)
        : null;

    private Vector Plus(Vector own, Vector vector) => Of(Elementwise.Apply(new Vector(Whole(own.Sum)), vector, (a, b) => a + b), isPart: false);

    private Vector? Times(Vector own, Vector vector) => IsPart ? Of(Elementwise.Apply(new Vector(own.Sum), vector, (a, b) => a * b), isPart: true) : null;

    private double[] Whole(double[] sum) => IsPart ? execution.Normalized(Gate, sum) : sum;

    private Vector Of(Vector sum, bool isPart) => new(sum.Sum, pending: new PendingGate(execution, Gate, isPart));

    private string Gate => gate;

    private bool IsPart => isPart;
}
