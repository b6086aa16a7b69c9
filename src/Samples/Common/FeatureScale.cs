using System.Text.Json;

namespace RnnGen.Samples;

/// <summary>
/// Scales each feature to mean 0 and standard deviation 1 over the training set. It is as much a part of a trained network as the weights, which are valid for
/// frames on this scale only.
/// </summary>
/// <param name="Mean">Of each feature.</param>
/// <param name="Deviation">Of each feature; never 0.</param>
internal sealed record FeatureScale(float[] Mean, float[] Deviation)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>
    /// Measures sequences of frames, each [frames × <paramref name="features"/>]. Squares are of distances from the mean so far (Welford 1962), in double: a
    /// feature may be as far from 0 as floats tell its values apart, and there may be any number of frames.
    /// </summary>
    public static FeatureScale Measure(IEnumerable<float[]> sequences, int features)
    {
        var means = new double[features];
        var squares = new double[features];
        long frames = 0;
        foreach (float[] sequence in sequences)
        {
            for (int frame = 0; frame < sequence.Length / features; frame++)
            {
                frames++;
                for (int feature = 0; feature < features; feature++)
                {
                    float value = sequence[(frame * features) + feature];
                    double fromMean = value - means[feature];
                    means[feature] += fromMean / frames;
                    squares[feature] += fromMean * (value - means[feature]);
                }
            }
        }

        double[] variances = [.. squares.Select(sum => sum / frames)];
        return new FeatureScale(
            [.. means.Select(mean => (float)mean)],
            [.. variances.Select(variance => variance > 1e-12 ? (float)Math.Sqrt(variance) : 1)]);
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
