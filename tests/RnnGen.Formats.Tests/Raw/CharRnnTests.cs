using System.Runtime.InteropServices;
using System.Text.Json;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Raw;

/// <summary>A language model of characters, two of TensorFlow's BasicLSTMCells, from raw variables: its recorded loss and accuracy on a text.</summary>
public sealed class CharRnnTests
{
    private const int Units = 128, Steps = 50_000;

    [SkippableFact]
    public void It_predicts_as_well_as_recorded()
    {
        string folder = SharedFolder.Get("models", "char-rnn");
        string text = File.ReadAllText(SharedFolder.Get("data", "tinyshakespeare", "input.txt"));
        int[] classes = Classes(folder, text.AsSpan((int)(0.95 * text.Length), Steps + 1));
        using Imported imported = Imported.Of(Read(folder));
        float[] input = [.. classes.Take(Steps).Select(number => (float)number)], probabilities = imported.Network.Run(input);
        int labels = imported.Model.OutputSize, right = 0;
        double loss = 0;
        for (int step = 0; step < Steps; step++)
        {
            ReadOnlySpan<float> likely = probabilities.AsSpan(step * labels, labels);
            loss -= Math.Log(likely[classes[step + 1]]);
            if (likely.IndexOf(MaxOf(likely)) == classes[step + 1])
                right++;
        }

        // Recorded with four digits.
        Assert.Equal(1.3281, loss / Steps, 5e-5);
        Assert.Equal(0.5877, right / (double)Steps, 5e-5);
    }

    private static ModelDescription Read(string folder)
    {
        const string cell = "rnnlm_multi_rnn_cell_cell_";
        float[] softmax = Variable("rnnlm_softmax_b");
        var builder = new ModelBuilder("raw variables of TensorFlow", softmax.Length, isOneHot: true);
        builder.Add(new EmbeddingAttribute(Units), "embedding", ("weight", Variable("embedding")));
        for (int layer = 0; layer < 2; layer++)
            TensorFlowCells.AddLstm(builder, Units, Variable($"{cell}{layer}_basic_lstm_cell_weights"), Variable($"{cell}{layer}_basic_lstm_cell_biases"));
        TensorFlowCells.AddDense(builder, Variable("rnnlm_softmax_w"), softmax, Activation.Softmax);
        return builder.Build();

        float[] Variable(string name) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
    }

    /// <summary>The classes of a text. The vocabulary is damaged where it comes from: two of its keys should be u and U, as the order by frequency shows.</summary>
    private static int[] Classes(string folder, ReadOnlySpan<char> text)
    {
        using JsonDocument vocabulary = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "vocab.json")));
        var numbers = new Dictionary<char, int> { ['u'] = 13, ['U'] = 40 };
        foreach (JsonProperty entry in vocabulary.RootElement.EnumerateObject())
            if (entry.Value.GetInt32() is not (13 or 40))
                numbers.Add(entry.Name[0], entry.Value.GetInt32());
        int[] classes = new int[text.Length];
        for (int at = 0; at < classes.Length; at++)
            classes[at] = numbers[text[at]];
        return classes;
    }

    private static float MaxOf(ReadOnlySpan<float> values)
    {
        float most = values[0];
        foreach (float value in values)
            most = Math.Max(most, value);
        return most;
    }
}
