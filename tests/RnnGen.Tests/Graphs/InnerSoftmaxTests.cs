using RnnGen.Runtime;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>A softmax inside of a network, where its inputs are large.</summary>
[Trait("Category", "Numerics")]
public sealed class InnerSoftmaxTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(1000f)]
    [InlineData(-1000f)]
    [InlineData(3e38f)]
    public void It_does_not_depend_on_what_is_added_to_all_inputs(float shift)
    {
        using InnerSoftmax network = Sum();
        network.Parameters["dense0.bias"].Set([shift, shift, shift]);
        float[] frame = shift is > 1000 ? [0, 0, 0] : [1, 2, 3]; // others are lost in so large a number
        float[] output = new float[1];
        network.Step(frame, output);
        double[] powers = Array.ConvertAll(frame, value => Math.Exp(value));
        Numbers.AssertNear([(powers[0] + 2 * powers[1] + 4 * powers[2]) / powers.Sum()], output, 1e-4);
    }

    [Fact]
    public void Inputs_far_apart_leave_one_and_no_gradient()
    {
        using InnerSoftmax network = Sum();
        SequenceBatch batch = SequenceBatch.FromTimeMajor([-2000, 2000, 0], 1, 1, 3);
        using Tape<InnerSoftmax> tape = InnerSoftmax.CreateTape(1, 1);
        network.Forward(tape, batch);
        network.Backward(tape, [1]);
        Assert.Equal(2, tape.Outputs[0]);
        Assert.Equal([0, 0, 0], tape.InputGradients.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(19)]
    public void The_largest_value_of_a_row_fills_it(int units)
    {
        const int Stride = 32;
        float[] rows = new float[3 * Stride], maxima = new float[3 * Stride];
        rows.AsSpan().Fill(100); // padding does not count
        for (int row = 0; row < 3; row++)
            Numbers.Draw(row + 1, units).CopyTo(rows, row * Stride);
        maxima.AsSpan().Fill(7);
        RowMaxima.Fill(ref rows[0], Stride, ref maxima[0], Stride, units, 3);
        for (int row = 0; row < 3; row++)
        {
            float[] expected = new float[Stride];
            expected.AsSpan(0, units).Fill(rows.AsSpan(row * Stride, units).ToArray().Max());
            Assert.Equal(expected, maxima[(row * Stride)..((row + 1) * Stride)]);
        }
    }

    /// <summary>The softmax of the frame, weighted by 1, 2 and 4.</summary>
    private static InnerSoftmax Sum()
    {
        var network = new InnerSoftmax(seed: 1);
        network.Parameters["dense0.weight"].Set([1, 0, 0, 0, 1, 0, 0, 0, 1]);
        network.Parameters["dense0.bias"].Set([0, 0, 0]);
        network.Parameters["dense1.weight"].Set([1, 2, 4]);
        return network;
    }
}
