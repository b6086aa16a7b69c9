using System.Globalization;
using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>Files of RNNoise's form with small layers and random weights.</summary>
internal static class RnnoiseFile
{
    private static readonly int[] Sizes = [5, 3, 3, 2, 10, 4, 11, 3, 3, 2, 2, 1]; // inputs and units

    public static byte[] Binary() => [.. Layers().SelectMany(layer => layer.Header.Concat(layer.Weights)).Select(value => (byte)(sbyte)value)];

    public static byte[] Text() => Encoding.ASCII.GetBytes(
        "rnnoise-nu model file version 1\n" + string.Join("\n", Layers().Select(layer => string.Join(' ', layer.Header.Select(Number)) + "\n" + string.Join(' ', layer.Weights.Select(Number)))));

    private static IEnumerable<(int[] Header, int[] Weights)> Layers()
    {
        var random = new Random(5);
        int[] activations = [0, 2, 2, 2, 1, 1];
        for (int layer = 0; layer < 6; layer++)
        {
            (int inputs, int units) = (Sizes[2 * layer], Sizes[(2 * layer) + 1]);
            int count = layer is 1 or 2 or 3 ? 3 * units * (inputs + units + 1) : units * (inputs + 1);
            yield return ([inputs, units, activations[layer]], [.. Enumerable.Range(0, count).Select(_ => random.Next(-100, 101)).SkipLast(1), 99]);
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
