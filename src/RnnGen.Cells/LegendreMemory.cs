namespace RnnGen.Cells;

/// <summary>The fixed matrices of a Legendre memory unit, discretised by a zero-order hold over one step.</summary>
internal static class LegendreMemory
{
    private const int Terms = 30;

    /// <summary>Fills <c>Ā = e^(A/θ)</c>, [order, order], or <c>B̄ = A⁻¹ (Ā − I) B</c>, [order, 1].</summary>
    public static void Fill(Span<float> values, int order, double theta, bool isInput)
    {
        // e^M of M = [[A, B], [0, 0]] / θ is [[Ā, B̄], [0, 1]].
        int size = order + 1;
        var exponential = Exponential(Continuous(order, theta), size);
        for (int row = 0; row < order; row++)
            if (isInput)
                values[row] = (float)exponential[(row * size) + order];
            else
                for (int column = 0; column < order; column++)
                    values[(row * order) + column] = (float)exponential[(row * size) + column];
    }

    /// <summary><c>A[i, j] = (2i + 1) (−1 if i &lt; j, else (−1)^(i − j + 1))</c>, <c>B[i] = (2i + 1) (−1)^i</c>.</summary>
    private static double[] Continuous(int order, double theta)
    {
        int size = order + 1;
        var matrix = new double[size * size];
        for (int row = 0; row < order; row++)
        {
            double scale = ((2 * row) + 1) / theta;
            for (int column = 0; column < order; column++)
                matrix[(row * size) + column] = scale * (row < column || (row - column) % 2 == 0 ? -1 : 1);
            matrix[(row * size) + order] = scale * (row % 2 == 0 ? 1 : -1);
        }

        return matrix;
    }

    /// <summary>By scaling and squaring: the series converges fast for a small matrix.</summary>
    private static double[] Exponential(double[] matrix, int size)
    {
        double norm = 0;
        foreach (double value in matrix)
            norm = Math.Max(norm, Math.Abs(value) * size);
        int squarings = Math.Max(0, (int)Math.Ceiling(Math.Log2(Math.Max(norm, double.Epsilon))) + 1);
        double factor = Math.Pow(2, -squarings);
        double[] scaled = [.. matrix.Select(value => value * factor)], term = Identity(size), sum = Identity(size);
        for (int n = 1; n <= Terms; n++)
        {
            term = [.. Product(term, scaled, size).Select(value => value / n)];
            sum = [.. sum.Zip(term, (a, b) => a + b)];
        }

        for (int squaring = 0; squaring < squarings; squaring++)
            sum = Product(sum, sum, size);
        return sum;
    }

    private static double[] Identity(int size) => [.. Enumerable.Range(0, size * size).Select(index => index / size == index % size ? 1.0 : 0)];

    private static double[] Product(double[] left, double[] right, int size)
    {
        var product = new double[size * size];
        for (int row = 0; row < size; row++)
            for (int inner = 0; inner < size; inner++)
                for (int column = 0; column < size; column++)
                    product[(row * size) + column] += left[(row * size) + inner] * right[(inner * size) + column];
        return product;
    }
}
