using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>RNNoise's weights in both forms, against what its own C code recorded.</summary>
public sealed class RnnoiseFormatTests
{
    private const int Row = 257; // 42 features, 24 of the dense layer, 24 of the first state, speech, 48 and 96 of the other states, 22 gains

    [SkippableTheory]
    [InlineData("weights.rnn", "std_testing_raw_100x257.f32", "RNNoise (binary)")]
    [InlineData("sh.rnnn", "sh_testing_raw_100x257.f32", "RNNoise (text)")]
    public void Answers_are_those_of_the_C_code(string weights, string trace, string source)
    {
        using Imported imported = Imported.Shared("models", "rnnoise", weights);
        Assert.Equal(source, imported.Model.Source);
        float[][] rows = [.. Recorded.Singles("models", "rnnoise", trace).Chunk(Row)];

        // The C code computes tanh and sigmoid from tables that are off by 1e-5.
        Recorded.AssertOutputs(imported, [.. rows.SelectMany(row => row[..42])], [.. rows.SelectMany(row => row[90..91].Concat(row[235..]))], 3e-5, 3e-5);
    }

    [Fact]
    public void Both_forms_are_the_same_network()
    {
        ModelDescription binary = Read(RnnoiseFile.Binary()), text = Read(RnnoiseFile.Text());
        Assert.Equal(binary.Tensors.SelectMany(tensor => tensor.Values), text.Tensors.SelectMany(tensor => tensor.Values));
        Assert.Equal(["vad", "gains"], binary.Outputs.Select(layer => layer.Name));
        Assert.Equal((Activation.Tanh, Activation.Relu), (((DenseAttribute)binary.Layers[0].Attribute).Activation, ((GruAttribute)binary.Layers[1].Attribute).CandidateActivation));
        Assert.All(binary.Tensors.SelectMany(tensor => tensor.Values), value => Assert.Equal(value, MathF.Round(value * 256) / 256));
    }

    [Fact]
    public void Only_files_of_sizes_that_fit_are_recognised()
    {
        byte[] file = RnnoiseFile.Binary();
        Assert.ThrowsAny<FormatException>(() => Read(file[..^1]));
        Assert.ThrowsAny<FormatException>(() => Read([.. file, 0]));
        file[3 + (3 * 6)]++;
        Assert.ThrowsAny<FormatException>(() => Read(file));
    }

    [Theory]
    [InlineData("dense, inputs: expected a number from 1 to 4096, got 0", "5 3 0", "0 3 0")]
    [InlineData("dense, activation: expected a number at", "5 3 0", "5 3 x")]
    [InlineData("dense: expected the activation 0 (tanh), 1 (sigmoid) or 2 (ReLU), got 3", "5 3 0", "5 3 3")]
    [InlineData("vad_gru: expected 3 inputs, as many as dense have, got 4", "3 2 2", "4 2 2")]
    [InlineData("dense: expected 16777216 weights from byte", "5 3 0", "4096 4096 0")]
    public void A_damaged_text_is_refused_with_the_place(string message, string old, string now)
    {
        string damaged = Encoding.ASCII.GetString(RnnoiseFile.Text()).Replace("\n" + old + "\n", "\n" + now + "\n", StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.ThrowsAny<FormatException>(() => Read(Encoding.ASCII.GetBytes(damaged))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beyond_a_byte_and_text_behind_the_end_are_refused()
    {
        string text = Encoding.ASCII.GetString(RnnoiseFile.Text());
        Assert.StartsWith("vad: expected a weight from −128 to 127", Assert.Throws<FormatException>(() => Read(Encoding.ASCII.GetBytes(text[..^2] + "999"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("expected the end of the file", Assert.Throws<FormatException>(() => Read(Encoding.ASCII.GetBytes(text + " 1"))).Message, StringComparison.Ordinal);
    }

    private static ModelDescription Read(byte[] bytes) => ModelFormats.Read(new ModelFile("test", bytes), ImportOptions.Default);
}
