using System.Text.Json;

namespace RnnGen.Formats.Tests;

/// <summary>
/// A WaveNet of Neural Amp Modeler's, computed straight from the file, signal by signal, as its player does: nothing of the reader's graph is in it.
/// Knows files with <c>kernel_size</c>, one activation, <c>gated</c>, and <c>head_size</c> or a <c>head</c>.
/// </summary>
internal sealed class WaveNetReference(byte[] file)
{
    private readonly JsonElement _config = JsonElement.Parse(file).GetProperty("config");
    private readonly Queue<double> _weights = new(JsonElement.Parse(file).GetProperty("weights").EnumerateArray().Select(value => (double)value.GetSingle()));

    public double[] Run(float[] samples)
    {
        double[][] input = [[.. samples.Select(sample => (double)sample)]], layers = input;
        double[][]? head = null;
        foreach (JsonElement array in _config.GetProperty("layers").EnumerateArray())
        {
            int channels = array.GetProperty("channels").GetInt32(), taps = array.GetProperty("kernel_size").GetInt32();
            bool isGated = array.TryGetProperty("gated", out JsonElement gated) && gated.GetBoolean();
            layers = Convolution(layers, channels, 1, 1, hasBias: false);
            double[][] sum = head ?? Zeros(channels, samples.Length);
            foreach (JsonElement dilation in array.GetProperty("dilations").EnumerateArray())
            {
                double[][] z = Convolution(layers, isGated ? 2 * channels : channels, taps, dilation.GetInt32(), hasBias: true);
                z = Sum(z, Convolution(input, z.Length, 1, 1, hasBias: false));
                double[][] activated = Map(z[..channels], Function(array.GetProperty("activation").GetString()!));
                if (isGated)
                    activated = [.. activated.Zip(z[channels..], (signal, gate) => signal.Zip(gate, (value, opening) => value / (1 + Math.Exp(-opening))).ToArray())];
                sum = Sum(sum, activated);
                layers = Sum(layers, Convolution(activated, channels, 1, 1, hasBias: true));
            }

            head = array.TryGetProperty("head", out JsonElement options)
                ? Convolution(sum, options.GetProperty("out_channels").GetInt32(), options.GetProperty("kernel_size").GetInt32(), 1, options.GetProperty("bias").GetBoolean())
                : Convolution(sum, array.GetProperty("head_size").GetInt32(), 1, 1, array.GetProperty("head_bias").GetBoolean());
        }

        JsonElement after = _config.GetProperty("head");
        return after.ValueKind == JsonValueKind.Null ? Map(head!, value => value * _weights.Peek())[0] : After(after, head!);
    }

    /// <summary>The convolutions after all arrays. The scale lies behind their weights, but is applied in front of them.</summary>
    private double[] After(JsonElement options, double[][] signals)
    {
        double scale = _weights.Last();
        signals = Map(signals, value => value * scale);
        int[] taps = [.. options.GetProperty("kernel_sizes").EnumerateArray().Select(value => value.GetInt32())];
        for (int index = 0; index < taps.Length; index++)
        {
            int units = options.GetProperty(index == taps.Length - 1 ? "out_channels" : "channels").GetInt32();
            signals = Convolution(Map(signals, Function(options.GetProperty("activation").GetString()!)), units, taps[index], 1, hasBias: true);
        }

        return signals[0];
    }

    private double[][] Convolution(double[][] input, int units, int taps, int dilation, bool hasBias)
    {
        double[][] output = Zeros(units, input[0].Length);
        foreach (double[] signal in output)
            foreach (double[] source in input)
                for (int tap = 0; tap < taps; tap++)
                {
                    double weight = _weights.Dequeue();
                    for (int step = (taps - 1 - tap) * dilation; step < signal.Length; step++)
                        signal[step] += weight * source[step - ((taps - 1 - tap) * dilation)];
                }

        foreach (double[] signal in hasBias ? output : [])
        {
            double bias = _weights.Dequeue();
            for (int step = 0; step < signal.Length; step++)
                signal[step] += bias;
        }

        return output;
    }

    private static Func<double, double> Function(string name) => name switch
    {
        "Tanh" => Math.Tanh,
        "ReLU" => value => Math.Max(0, value),
        "LeakyReLU" => value => value > 0 ? value : 0.01 * value,
        _ => throw new NotSupportedException(name),
    };

    private static double[][] Zeros(int signals, int steps) => [.. Enumerable.Range(0, signals).Select(_ => new double[steps])];

    private static double[][] Map(double[][] signals, Func<double, double> function) => [.. signals.Select(signal => signal.Select(function).ToArray())];

    private static double[][] Sum(double[][] one, double[][] other) => [.. one.Zip(other, (first, second) => first.Zip(second, (left, right) => left + right).ToArray())];
}
