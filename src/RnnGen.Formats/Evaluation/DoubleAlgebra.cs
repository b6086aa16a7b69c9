namespace RnnGen.Formats;

/// <summary>Computes in double precision.</summary>
/// <param name="find">A parameter of the layer's, in the direction that is computed.</param>
internal sealed class DoubleAlgebra(Func<string, double[]> find) : ICellAlgebra<double[]>
{
    private const double NormEpsilon = 1e-5;

    /// <summary><c>(x − mean) / √(variance + 1e-5)</c>.</summary>
    public static double[] Normalized(double[] x)
    {
        double mean = x.Average(), variance = x.Average(value => (value - mean) * (value - mean));
        return Array.ConvertAll(x, value => (value - mean) / Math.Sqrt(variance + NormEpsilon));
    }

    /// <summary>Rows of a matrix times a vector.</summary>
    public static double[] Product(double[] matrix, double[] vector, int firstRow, int rows)
    {
        double[] product = new double[rows];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < vector.Length; column++)
                product[row] += matrix[((firstRow + row) * vector.Length) + column] * vector[column];
        return product;
    }

    public double[] Product(string matrix, int firstRow, int rows, double[] vector) => Product(find(matrix), vector, firstRow, rows);

    public double[] Parameter(string name, int start, int count) => find(name)[start..(start + count)];

    public double[] Add(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left + right)];

    public double[] Multiply(double[] one, double[] other) => [.. one.Zip(other, (left, right) => left * right)];

    public double[] OneMinus(double[] x) => Array.ConvertAll(x, value => 1 - value);

    public double[] Activate(Activation activation, double[] x, float alpha, float beta) => Activations.Apply(activation, x, alpha, beta);

    public double[] Clip(double[] x, float limit) => Array.ConvertAll(x, value => Math.Clamp(value, -limit, limit));

    public double[] Normalize(double[] x) => Normalized(x);
}
