using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>All comparisons, of vectors and numbers on either side: <c>two</c> is 2 everywhere, so that what is compared with 2 is equal.</summary>
public sealed class ThresholdsAttribute(int units) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector h = State("h");
        Vector n = Tanh(Gate("n", x, h));
        Vector two = Clamp(n, 2, 3);
        Vector atLeast = Select(two >= 2, n, 3 * h) + Select(2 >= two, 0.25 * h, n);
        Vector atMost = Select(two <= 2, h * atLeast, n) + Select(2 <= two, 0.5 * n, h);
        Vector strict = Select(two > 2, n, 0.125 * h) + Select(two < 2, h, 0.375 * n);
        Vector apart = Select(h >= n, n * n, 0.5 * h) + Select(0.25 <= h, h, 0.75 * n) + Select(n <= 0.125, n * h, h);
        Next(h, 0.25 * (atLeast + atMost + strict + apart));
    }
}
