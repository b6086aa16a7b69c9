using System.Text;
using System.Text.Json;

namespace RnnGen.Formats.Tests;

/// <summary>Files as Neural Amp Modeler writes them, with random weights.</summary>
internal static class NamFile
{
    /// <summary>A file.</summary>
    /// <param name="architecture">Its architecture.</param>
    /// <param name="config">Its configuration as JSON.</param>
    /// <param name="count">How many weights it has.</param>
    /// <param name="last">The last of them; null for another random one.</param>
    public static ModelFile Of(string architecture, string config, int count, float? last = null) => Of(architecture, config, Weights(count, last));

    /// <summary>A file of given weights.</summary>
    public static ModelFile Of(string architecture, string config, float[] weights) => new("test.nam", Encoding.UTF8.GetBytes(
        $$"""{"version": "0.5.4", "metadata": {"name": "a test", "loudness": -18.5}, "architecture": "{{architecture}}", "config": {{config}}, "weights": {{JsonSerializer.Serialize(weights)}}, "sample_rate": 48000}"""));

    /// <summary>Random weights.</summary>
    public static float[] Weights(int count, float? last = null)
    {
        var random = new Random(count);
        float[] weights = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
        weights[^1] = last ?? weights[^1];
        return weights;
    }
}
