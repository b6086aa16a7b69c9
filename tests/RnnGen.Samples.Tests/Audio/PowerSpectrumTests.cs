using System.Numerics;

namespace RnnGen.Samples.Audio.Tests;

public sealed class PowerSpectrumTests
{
    [Theory]
    [InlineData(2, 2)]
    [InlineData(8, 8)]
    [InlineData(64, 50)]
    [InlineData(256, 1)]
    [InlineData(256, 256)]
    public void Equals_the_definition(int length, int count)
    {
        var random = new Random(length + count);
        float[] samples = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        double[] window = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        var power = new double[(length / 2) + 1];
        var spectrum = new PowerSpectrum(length);

        spectrum.Compute(new float[length], new double[length], power); // What was there before must not matter.
        spectrum.Compute(samples, window, power);

        for (int bin = 0; bin < power.Length; bin++)
        {
            Complex sum = 0;
            for (int n = 0; n < count; n++)
                sum += samples[n] * window[n] * Complex.Exp(new Complex(0, -2 * Math.PI * bin * n / length));
            Assert.Equal(sum.Magnitude * sum.Magnitude, power[bin], 1e-10);
        }
    }
}
