using System.Globalization;
using RnnGen.Samples;
using RnnGen.Samples.JapaneseVowels;

namespace RnnGen.Benchmarks.Learning;

/// <summary>"PickupGestureWiimoteZ" of the UEA and UCR archive: ten gestures by the acceleration along one axis, 29 to 361 steps.</summary>
internal static class GestureSet
{
    /// <summary>The value, its change, its mean over nine steps and that mean's change over nine steps.</summary>
    public const int Features = 4;

    private const int Window = 9;

    /// <summary>Where the data lie, beside those of the sample.</summary>
    public static string Folder { get; } = Path.Combine(Path.GetDirectoryName(DataSet.StandardFolder)!, "PickupGestureWiimoteZ");

    /// <summary>Reads both halves, standardised by the training half's scale.</summary>
    public static (LabelledSequences Training, LabelledSequences Test) Load()
    {
        LabelledSequences training = Read("PickupGestureWiimoteZ_TRAIN.ts");
        LabelledSequences test = Read("PickupGestureWiimoteZ_TEST.ts");
        var scale = FeatureScale.Measure(training.Sequences, Features);
        foreach (float[] sequence in training.Sequences.Concat(test.Sequences))
            scale.Apply(sequence);
        return (training, test);
    }

    private static LabelledSequences Read(string file)
    {
        string[][] cases =
            [.. File.ReadLines(Path.Combine(Folder, file)).Where(line => line.Length > 0 && line[0] is not ('#' or '@')).Select(line => line.Split(':'))];
        return new LabelledSequences(
            [.. cases.Select(parts => Derive([.. parts[0].Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture))]))],
            [.. cases.Select(parts => int.Parse(parts[1], CultureInfo.InvariantCulture) - 1)]);
    }

    private static float[] Derive(float[] values)
    {
        float[] means = [.. values.Select((_, t) => values[Math.Max(0, t - Window + 1)..(t + 1)].Average())];
        return [.. values.SelectMany((value, t) => new[] { value, value - values[Math.Max(0, t - 1)], means[t], means[t] - means[Math.Max(0, t - Window)] })];
    }
}
