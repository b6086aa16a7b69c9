using static RnnGen.Equations;

namespace RnnGen.Tests.Cells;

/// <summary>Coupled oscillators (Rusch and Mishra 2021): a velocity that is used as soon as it is known.</summary>
public sealed class OscillatorAttribute(int units, double step = 0.05, double stiffness = 1, double damping = 1) : CellAttribute(units)
{
    protected override void Define(Vector x)
    {
        Vector y = State("y"), z = State("z");
        Vector force = Tanh(Product("of_y", y) + Product("of_z", z) + Product("of_x", x) + Weight("bias"));
        Next(y, y + step * Next(z, z + step * (force - stiffness * y - damping * z)));
    }
}
