using RnnGen.Training;

namespace RnnGen.Tests.Training;

public sealed class GradientClippingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1001)]
    public void The_norm_is_summed_in_eight_lanes_on_every_instruction_set(int length)
    {
        float[] gradients = Numbers.Draw(length, length, scale: 3);
        double[] lanes = new double[8];
        int whole = length / 8 * 8;
        for (int i = 0; i < whole; i++)
            lanes[i % 8] += (double)gradients[i] * gradients[i];
        double sum = (lanes[0] + lanes[4] + (lanes[1] + lanes[5])) + (lanes[2] + lanes[6] + (lanes[3] + lanes[7]));
        for (int i = whole; i < length; i++)
            sum += (double)gradients[i] * gradients[i];

        Assert.Equal(Math.Sqrt(sum), GradientClipping.Norm(gradients)); // the same bits
    }

    [Fact]
    public void The_norm_of_huge_gradients_is_finite() =>
        Assert.Equal(Math.Sqrt(20) * 3e38f, GradientClipping.Norm(Enumerable.Repeat(3e38f, 20).ToArray()), 1e30);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void The_norm_tells_of_a_gradient_that_is_not_finite(float bad)
    {
        float[] gradients = new float[19];
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients.AsSpan().Fill(1);
            gradients[i] = bad;
            Assert.False(double.IsFinite(GradientClipping.Norm(gradients)));
        }
    }

    [Theory]
    [InlineData(0.5, 1, 1)]
    [InlineData(1, 1, 0.999999)] // norm + 1e-6, as PyTorch has it
    [InlineData(4, 1, 0.25)]
    [InlineData(0, 1, 1)]
    public void The_coefficient_only_shrinks(double norm, float maximum, double expected) =>
        Assert.Equal(expected, GradientClipping.Coefficient(norm, maximum), 1e-6);

    [Fact]
    public void Values_are_limited_wherever_they_lie()
    {
        float[] gradients = Numbers.Draw(5, 45, scale: 4);
        float[] expected = [.. gradients.Select(gradient => Math.Clamp(gradient, -1.5f, 1.5f))];
        Assert.Contains(1.5f, expected);
        Assert.Contains(-1.5f, expected);
        GradientClipping.ClipByValue(gradients, 1.5f);
        Numbers.AssertSameBits(expected, gradients);
    }
}
