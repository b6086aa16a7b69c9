namespace RnnGen.Runtime;

/// <summary>Applies functions of numbers to vectors in the equations of a cell, in double precision. A number stands for all units of the other vector.</summary>
internal static class Elementwise
{
    public static Vector Apply(Vector value, Func<double, double> function) => new([.. value.Values.Select(function)]);

    public static Vector Apply(Vector left, Vector right, Func<double, double, double> function)
    {
        int size = SizeOf(left, right);
        double[] a = left.Values, b = right.Values;
        var result = new double[size];
        for (int unit = 0; unit < size; unit++)
            result[unit] = function(At(a, unit), At(b, unit));
        return new Vector(result);
    }

    public static Vector Select(Condition condition, Vector positive, Vector otherwise)
    {
        int size = SizeOf(condition.Greater, condition.Less, positive, otherwise);
        double[] greater = condition.Greater.Values, less = condition.Less.Values, a = positive.Values, b = otherwise.Values;
        var result = new double[size];
        for (int unit = 0; unit < size; unit++)
            result[unit] = At(greater, unit) > At(less, unit) != condition.IsNegated ? At(a, unit) : At(b, unit);
        return new Vector(result);
    }

    public static Vector Mean(Vector value) => new([value.Values.Average()]);

    /// <summary>The common size of some vectors.</summary>
    /// <exception cref="InvalidOperationException">They differ in size.</exception>
    private static int SizeOf(params ReadOnlySpan<Vector> vectors)
    {
        int size = 1;
        foreach (var vector in vectors)
            if (vector.Size != size && vector.Size != 1)
                size = size == 1 ? vector.Size : throw new InvalidOperationException($"An equation has a vector of {size} units and one of {vector.Size}.");
        return size;
    }

    private static double At(double[] values, int unit) => values[values.Length == 1 ? 0 : unit];
}
