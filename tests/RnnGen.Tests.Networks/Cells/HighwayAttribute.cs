using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>A recurrent highway (Zilly et al. 2016): several layers between two steps, each a stage that waits for the one before.</summary>
public sealed class HighwayAttribute(int units, int depth = 3) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector s = State("s");
        Vector v = s;
        for (int layer = 0; layer < depth; layer++)
        {
            Vector candidate = Product($"candidate{layer}", v) + Weight($"bias{layer}");
            Vector transform = Product($"transform{layer}", v) + Weight($"carry{layer}", -2);
            if (layer == 0)
                (candidate, transform) = (candidate + Product("in_candidate", x), transform + Product("in_transform", x));
            Vector t = Sigmoid(transform);
            v = Tanh(candidate) * t + v * (1 - t);
        }

        Next(s, v);
    }
}
