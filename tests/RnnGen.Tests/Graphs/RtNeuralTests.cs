using System.Globalization;
using System.Text.Json;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>RTNeural's dense.json: the answers that Keras gave, through an inner softmax.</summary>
public sealed class RtNeuralTests
{
    [SkippableFact]
    public void An_inner_softmax_gives_the_answers_of_Keras()
    {
        using JsonDocument model = JsonDocument.Parse(File.ReadAllText(SharedFolder.Get("models", "rtneural", "dense.json")));
        using var network = new RtNeuralDense(seed: 1);
        int place = 0;
        foreach (JsonElement layer in model.RootElement.GetProperty("layers").EnumerateArray())
        {
            JsonElement weights = layer.GetProperty("weights");
            if (weights.GetArrayLength() == 0)
                continue; // an activation
            float[][] rows = [.. weights[0].EnumerateArray().Select(row => row.EnumerateArray().Select(value => value.GetSingle()).ToArray())];
            network.Parameters[$"dense{place}.weight"].Set([.. Enumerable.Range(0, rows[0].Length).SelectMany(unit => rows.Select(row => row[unit]))]);
            if (weights.GetArrayLength() > 1)
                network.Parameters[$"dense{place}.bias"].Set([.. weights[1].EnumerateArray().Select(value => value.GetSingle())]);
            place++;
        }

        float[] frames = Column("dense_x_python.csv"), expected = Column("dense_y_python.csv"), answers = new float[frames.Length];
        network.Run(frames, answers);
        Assert.Equal(8, place);
        Numbers.AssertNear(Array.ConvertAll(expected, value => (double)value), answers, 1e-6);
    }

    private static float[] Column(string file) =>
        [.. File.ReadLines(SharedFolder.Get("models", "rtneural", file)).Where(line => line.Length > 0).Select(line => float.Parse(line, CultureInfo.InvariantCulture))];
}
