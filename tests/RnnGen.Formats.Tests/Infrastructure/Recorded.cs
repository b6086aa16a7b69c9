using System.Globalization;
using System.Runtime.InteropServices;
using RnnGen.Cli.Verification;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests;

/// <summary>Inputs and outputs that others recorded, in the folder beside the repository.</summary>
internal static class Recorded
{
    /// <summary>Single-precision numbers, little-endian.</summary>
    public static float[] Singles(params string[] path) => [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedFolder.Get(path)))];

    /// <summary>A number a line.</summary>
    public static float[] Lines(params string[] path) =>
        [.. File.ReadLines(SharedFolder.Get(path)).Where(line => line.Length > 0).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>The samples of a mono WAV file of 24 bits.</summary>
    public static float[] Wave(params string[] path)
    {
        ReadOnlySpan<byte> samples = File.ReadAllBytes(SharedFolder.Get(path)).AsSpan(44);
        float[] values = new float[samples.Length / 3];
        for (int index = 0; index < values.Length; index++)
            values[index] = (samples[3 * index] | (samples[(3 * index) + 1] << 8) | ((sbyte)samples[(3 * index) + 2] << 16)) / 8388608f;
        return values;
    }

    /// <summary>Compares a file's network with outputs: as the evaluator computes it, and compiled.</summary>
    public static void AssertOutputs(Imported imported, float[] input, float[] outputs, double evaluatorTolerance, double compiledTolerance)
    {
        double[] expected = Array.ConvertAll(outputs, value => (double)value);
        ModelVerifier.Compare("evaluator", expected, Array.ConvertAll(new ModelEvaluator(imported.Model).Run(input), value => (float)value), evaluatorTolerance);
        ModelVerifier.Compare("compiled", expected, imported.Network.Run(input), compiledTolerance);
    }
}
