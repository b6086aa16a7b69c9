using System.Text.Json;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>
/// Brings each band to mean 0 and standard deviation 1 over the training set. It is part of a trained network as much as the weights: they make sense of frames
/// on this scale only.
/// </summary>
/// <param name="Mean">Of each band.</param>
/// <param name="Deviation">Of each band; never 0.</param>
internal sealed record FeatureScale(float[] Mean, float[] Deviation)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Measures sequences of frames, each [frames × <see cref="LogMel.Bands"/>].</summary>
    public static FeatureScale Measure(IEnumerable<float[]> sequences)
    {
        var sum = new double[LogMel.Bands];
        var squares = new double[LogMel.Bands];
        long frames = 0;
        foreach (float[] sequence in sequences)
        {
            for (int i = 0; i < sequence.Length; i++)
            {
                sum[i % LogMel.Bands] += sequence[i];
                squares[i % LogMel.Bands] += (double)sequence[i] * sequence[i];
            }

            frames += sequence.Length / LogMel.Bands;
        }

        var mean = new float[LogMel.Bands];
        var deviation = new float[LogMel.Bands];
        for (int band = 0; band < LogMel.Bands; band++)
        {
            double average = sum[band] / frames;
            double variance = (squares[band] / frames) - (average * average);
            mean[band] = (float)average;
            deviation[band] = variance > 1e-12 ? (float)Math.Sqrt(variance) : 1;
        }

        return new FeatureScale(mean, deviation);
    }

    /// <summary>Standardises a sequence of frames in place.</summary>
    public void Apply(Span<float> sequence)
    {
        for (int i = 0; i < sequence.Length; i++)
            sequence[i] = (sequence[i] - Mean[i % LogMel.Bands]) / Deviation[i % LogMel.Bands];
    }

    /// <summary>Writes the scale as JSON.</summary>
    public void Save(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is not such a file; the message names it.</exception>
    public static FeatureScale Load(string path)
    {
        try
        {
            FeatureScale? scale = JsonSerializer.Deserialize<FeatureScale>(File.ReadAllText(path), Json);
            if (scale is { Mean: { Length: LogMel.Bands } mean, Deviation: { Length: LogMel.Bands } deviation }
                && mean.All(float.IsFinite) && deviation.All(value => float.IsFinite(value) && value > 0))
            {
                return scale;
            }
        }
        catch (JsonException)
        {
        }

        throw new FormatException($"{path}: expected JSON with the mean and deviation of {LogMel.Bands} bands");
    }
}
