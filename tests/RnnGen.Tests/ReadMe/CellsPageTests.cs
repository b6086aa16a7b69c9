namespace RnnGen.Tests.ReadMe;

/// <summary>The code of docs/guides/cells.md is code of this folder, and runs.</summary>
public sealed class CellsPageTests
{
    [Fact]
    public void The_reference_runs_the_equations()
    {
        float[] frames = Training.Numbers.Draw(1, 20 * 5);

        // README: reference
        using var net = new MguRecognizer(seed: 1);
        CellTrace trace = CellReference.Run(new MguAttribute(64), net.Parameters, frames);
        double first = trace.Outputs[0][0], gate = trace.Gate("f")[0][0];
        // README: end

        float[] state = new float[MguRecognizer.StateSize];
        net.Step(frames.AsSpan(0, 20), new float[10]);
        net.CopyStateTo(state);
        Assert.Equal(first, state[0], 1e-6);
        Assert.True(double.IsFinite(gate));
        Assert.Equal(5, trace.Outputs.Count);
    }
}
