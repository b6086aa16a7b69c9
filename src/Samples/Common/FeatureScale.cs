using System.Text.Json;

namespace RnnGen.Samples;

/// <summary>
/// Brings each feature to mean 0 and standard deviation 1 over the training set. It is part of a trained network as much as the weights: they make sense of
/// frames on this scale only.
/// </summary>
/// <param name="Mean">Of each feature.</param>
/// <param name="Deviation">Of each feature; never 0.</param>
internal sealed record FeatureScale(float[] Mean, float[] Deviation)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Measures sequences of frames, each [frames × <paramref name="features"/>].</summary>
    public static FeatureScale Measure(IEnumerable<float[]> sequences, int features)
    {
        var sum = new double[features];
        var squares = new double[features];
        long frames = 0;
        foreach (float[] sequence in sequences)
        {
            for (int i = 0; i < sequence.Length; i++)
            {
                sum[i % features] += sequence[i];
                squares[i % features] += (double)sequence[i] * sequence[i];
            }

            frames += sequence.Length / features;
        }

        var mean = new float[features];
        var deviation = new float[features];
        for (int feature = 0; feature < features; feature++)
        {
            double average = sum[feature] / frames;
            double variance = (squares[feature] / frames) - (average * average);
            mean[feature] = (float)average;
            deviation[feature] = variance > 1e-12 ? (float)Math.Sqrt(variance) : 1;
        }

        return new FeatureScale(mean, deviation);
    }

    /// <summary>Standardises a sequence of frames in place.</summary>
    public void Apply(Span<float> sequence)
    {
        for (int i = 0; i < sequence.Length; i++)
            sequence[i] = (sequence[i] - Mean[i % Mean.Length]) / Deviation[i % Mean.Length];
    }

    /// <summary>Writes the scale as JSON.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is not such a file; the message names it.</exception>
    public static FeatureScale Load(string path, int features)
    {
        try
        {
            FeatureScale? scale = JsonSerializer.Deserialize<FeatureScale>(File.ReadAllText(path), Json);
            if (scale is { Mean: { } mean, Deviation: { } deviation }
                && mean.Length == features && deviation.Length == features
                && mean.All(float.IsFinite) && deviation.All(value => float.IsFinite(value) && value > 0))
            {
                return scale;
            }
        }
        catch (JsonException)
        {
        }

        throw new FormatException($"{path}: expected JSON with the mean and deviation of {features} features");
    }
}
