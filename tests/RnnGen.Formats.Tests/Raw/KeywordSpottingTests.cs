using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Raw;

/// <summary>Keyword spotting by TensorFlow's GRUCell, and by its LSTMCell with peepholes and a projection: trained networks, recorded probabilities of two words.</summary>
public sealed partial class KeywordSpottingTests
{
    private const int Features = 10;
    private static readonly string[] Labels = ["_silence_", "_unknown_", "yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go"];

    [SkippableFact]
    public void GRUCell_gives_the_recorded_probabilities() => AssertProbabilities("GRU_S", graph =>
    {
        const string cell = "rnn/multi_rnn_cell/cell_0/gru_cell/";
        var builder = new ModelBuilder("TensorFlow", Features);
        TensorFlowCells.AddGru(builder, 154, graph[cell + "gates/kernel"], graph[cell + "gates/bias"], graph[cell + "candidate/kernel"], graph[cell + "candidate/bias"]);
        return builder;
    });

    [SkippableFact]
    public void LSTMCell_gives_the_recorded_probabilities() => AssertProbabilities("LSTM_S", graph =>
    {
        const string cell = "lstm/rnn/lstm_cell/";
        var builder = new ModelBuilder("TensorFlow", Features);
        TensorFlowCells.AddLstm(
            builder, 144, graph[cell + "kernel"], graph[cell + "bias"], [graph[cell + "w_i_diag"], graph[cell + "w_f_diag"], graph[cell + "w_o_diag"]], graph[cell + "projection/kernel"]);
        return builder;
    });

    private static void AssertProbabilities(string name, Func<FrozenGraph, ModelBuilder> read)
    {
        string folder = SharedFolder.Get("models", "kws");
        var graph = new FrozenGraph(File.ReadAllBytes(Path.Combine(folder, name + ".pb")));
        ModelBuilder builder = read(graph);
        builder.Add(new LastStepAttribute());
        TensorFlowCells.AddDense(builder, graph["W_o"], graph["b_o"], Activation.Softmax);
        using Imported imported = Imported.Of(builder.Build());
        foreach (string word in new[] { "yes", "no" })
        {
            float[] features = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, word + "_1000ms_mfcc10_win40ms_stride40ms.f32"))).ToArray();
            float[] probabilities = imported.Network.Run(features);
            foreach ((string label, double expected) in Recorded(folder, word, name))
                Assert.Equal(expected, probabilities[Array.IndexOf(Labels, label)], 1e-6);
        }
    }

    /// <summary>The three likeliest labels of <c>yes_1000ms</c> or <c>no_1000ms</c> with their probabilities.</summary>
    private static List<(string Label, double Probability)> Recorded(string folder, string word, string network)
    {
        string line = File.ReadLines(Path.Combine(folder, "expected.txt")).SkipWhile(line => !line.StartsWith(word + "_1000ms", StringComparison.Ordinal)).Skip(1)
            .First(line => line.TrimStart().StartsWith(network, StringComparison.Ordinal));
        List<(string, double)> recorded = [.. Pair().Matches(line).Select(pair => (pair.Groups[1].Value, double.Parse(pair.Groups[2].Value, CultureInfo.InvariantCulture)))];
        Assert.Equal(3, recorded.Count);
        return recorded;
    }

    [GeneratedRegex(@"\('(\w+)', ([0-9.e-]+)\)")]
    private static partial Regex Pair();
}
