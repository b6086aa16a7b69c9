namespace RnnGen.Samples.CharRnn.Tests;

public sealed class WriterTests
{
    private static readonly float[] Probabilities = [0.1f, 0.2f, 0, 0.7f];

    [Theory]
    [InlineData(1, new[] { 0.1, 0.2, 0, 0.7 })]
    [InlineData(0.5, new[] { 0.01 / 0.54, 0.04 / 0.54, 0, 0.49 / 0.54 })]
    [InlineData(0, new[] { 0.0, 0, 0, 1 })]
    public void Classes_come_as_often_as_the_temperature_says(double temperature, double[] expected)
    {
        const int Draws = 20_000;
        var random = new Random(1);
        int[] counts = new int[Probabilities.Length];
        for (int i = 0; i < Draws; i++)
            counts[Writer.Draw(Probabilities, temperature, random)]++;

        // Four standard deviations.
        for (int i = 0; i < counts.Length; i++)
            Assert.InRange(counts[i] / (double)Draws, expected[i] - Margin(expected[i]), expected[i] + Margin(expected[i]));

        static double Margin(double p) => 4 * Math.Sqrt(p * (1 - p) / Draws);
    }

    [Fact]
    public void A_low_temperature_takes_the_likeliest()
    {
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(3, Writer.Draw(Probabilities, 0.001, random)));
    }
}
