using System.Runtime.InteropServices;
using RnnGen.Formats.Onnx;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>The part of Silero VAD in front of its decoder, in plain loops: spectra and four convolutions, two of them with a stride of 2.</summary>
internal static class SileroEncoder
{
    private const int Chunk = 512, Context = 64, Window = 256, Hop = 128, Bins = 129, Frames = 4;

    /// <summary>What the decoder reads for each chunk of a recording, one after the other.</summary>
    public static float[] Encode(OnnxModel model, byte[] wav, int chunks)
    {
        double[] samples = Array.ConvertAll(MemoryMarshal.Cast<byte, short>(wav.AsSpan(44)).ToArray(), sample => sample / 32768.0);
        double[] Weights(string name) => model.Graph.Initializers[name].Values();
        double[] basis = Weights("model.stft.forward_basis_buffer");
        (double[] Weight, double[] Bias)[] layers = [.. Enumerable.Range(0, 4).Select(layer => (Weights($"model.encoder.{layer}.reparam_conv.weight"), Weights($"model.encoder.{layer}.reparam_conv.bias")))];
        List<float> encoded = [];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            double[][] steps = Spectra(basis, samples, chunk);
            for (int layer = 0; layer < layers.Length; layer++)
                steps = Convolve(layers[layer].Weight, layers[layer].Bias, steps, layer is 1 or 2 ? 2 : 1);
            encoded.AddRange(steps.Single().Select(value => (float)value));
        }

        return [.. encoded];
    }

    /// <summary>64 samples from before the chunk, the chunk, and its last 64 samples mirrored: the magnitudes of four windows.</summary>
    private static double[][] Spectra(double[] basis, double[] samples, int chunk)
    {
        double[] heard = [.. Enumerable.Range((chunk * Chunk) - Context, Context + Chunk).Select(at => at < 0 ? 0 : samples[at])];
        double[] all = [.. heard, .. Enumerable.Range(2, Context).Select(back => heard[^back])];
        double Part(int frame, int row)
        {
            double sum = 0;
            for (int sample = 0; sample < Window; sample++)
                sum += basis[(row * Window) + sample] * all[(frame * Hop) + sample];
            return sum;
        }

        return [.. Enumerable.Range(0, Frames).Select(frame => Enumerable.Range(0, Bins).Select(bin => double.Hypot(Part(frame, bin), Part(frame, Bins + bin))).ToArray())];
    }

    private static double[][] Convolve(double[] weight, double[] bias, double[][] steps, int stride) =>
        [.. Enumerable.Range(0, ((steps.Length - 1) / stride) + 1).Select(at => Enumerable.Range(0, bias.Length).Select(unit => Sum(weight, bias[unit], steps, at * stride, unit)).ToArray())];

    private static double Sum(double[] weight, double bias, double[][] steps, int centre, int unit)
    {
        double sum = bias;
        for (int tap = 0; tap < 3; tap++)
        {
            if (centre + tap - 1 < 0 || centre + tap - 1 >= steps.Length)
                continue;
            double[] row = steps[centre + tap - 1];
            for (int channel = 0; channel < row.Length; channel++)
                sum += weight[(((unit * row.Length) + channel) * 3) + tap] * row[channel];
        }

        return Math.Max(sum, 0);
    }
}
