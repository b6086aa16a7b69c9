namespace RnnGen.Cells.Tests;

/// <summary>
/// Each cell of the package computes the equations of its paper, in every way in which a network runs, and its derived back-propagation agrees with finite
/// differences of those equations in double precision.
/// </summary>
public sealed class PublishedCellTests
{
    private const double ForwardTolerance = 1e-6;
    private const double GradientTolerance = 1e-5;
    private const double Difference = 1e-5;
    private const int Probes = 11;

    public static TheoryData<string> Names => [.. CellCases.All.Select(cell => cell.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_the_paper(string name)
    {
        var cell = Case(name);
        double[][][] expected = cell.Published(cell.Frames());
        int units = cell.Cell.Units, batch = expected.Length;

        for (int sequence = 0; sequence < batch; sequence++)
            for (int step = 0; step < expected[sequence].Length; step++)
                for (int unit = 0; unit < units; unit++)
                {
                    double value = expected[sequence][step][unit];
                    int inBatch = (((step * batch) + sequence) * units) + unit;
                    Assert.Equal(value, cell.Outputs[0][inBatch], ForwardTolerance);
                    Assert.Equal(value, cell.Outputs[1][inBatch], ForwardTolerance);
                    if (sequence > 0)
                        continue;
                    Assert.Equal(value, cell.Outputs[2][(step * units) + unit], ForwardTolerance);
                    Assert.Equal(value, cell.Outputs[3][(step * units) + unit], ForwardTolerance);
                }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_reference_is_the_same_code(string name)
    {
        var cell = Case(name);
        double[][][] frames = cell.Frames(), expected = cell.Published(frames);

        for (int sequence = 0; sequence < frames.Length; sequence++)
        {
            var trace = CellReference.Run(cell.Cell, cell.Parameters, frames[sequence]);
            for (int step = 0; step < frames[sequence].Length; step++)
                for (int unit = 0; unit < cell.Cell.Units; unit++)
                    Assert.Equal(expected[sequence][step][unit], trace.Outputs[step][unit], 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_derivatives(string name)
    {
        var cell = Case(name);
        double[][][] frames = cell.Frames();

        foreach (var (parameter, values) in cell.Parameters)
        {
            float[] gradients = cell.Gradients[parameter];
            if (cell.Fixed.Contains(parameter))
            {
                Assert.All(gradients, gradient => Assert.Equal(0, gradient));
                continue;
            }

            double scale = 1 + gradients.Max(Math.Abs);
            for (int index = 0; index < values.Length; index += Math.Max(1, values.Length / Probes))
                Assert.Equal(Derivative(cell, frames, values, index), gradients[index], GradientTolerance * scale);
        }

        for (int sequence = 0; sequence < frames.Length; sequence++)
            for (int step = 0; step < frames[sequence].Length; step++)
                for (int feature = 0; feature < cell.InputSize; feature++)
                    Assert.Equal(
                        Derivative(cell, frames, frames[sequence][step], feature),
                        cell.InputGradients[(((step * frames.Length) + sequence) * cell.InputSize) + feature],
                        GradientTolerance);
    }

    private static double Derivative(CellCase cell, double[][][] frames, double[] values, int index)
    {
        double value = values[index];
        values[index] = value + Difference;
        double above = cell.Loss(frames);
        values[index] = value - Difference;
        double below = cell.Loss(frames);
        values[index] = value;
        return (above - below) / (2 * Difference);
    }

    private static CellCase Case(string name) => CellCases.All.First(cell => cell.Name == name);
}
