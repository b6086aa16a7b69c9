using RnnGen.Cli.Verification;
using RnnGen.Formats.Tflite;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>Dense layers, values moved about, and what is refused.</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData(nameof(TfliteType.Float32))]
    [InlineData(nameof(TfliteType.Int8))]
    [InlineData(nameof(TfliteType.UInt8))]
    [InlineData(nameof(TfliteType.Float16))]
    public void Weights_of_a_dense_layer_are_the_numbers_that_they_stand_for(string name)
    {
        TfliteType type = Enum.Parse<TfliteType>(name);
        using Imported dense = Imported.Of(new ModelFile("a test", OperatorFiles.Dense(type)));
        Assert.Equal(["Dense(2, Activation.Relu)"], Layers(dense.Model));
        float[] x = [1, 2, 3, -1, 0.5f, 4];
        double[] expected = [.. x.Chunk(3).SelectMany(frame => OperatorFiles.Weights.Chunk(3).Select((row, unit) => Math.Max(0d, row.Zip(frame, (weight, value) => weight * value).Sum() + OperatorFiles.Bias[unit])))];
        ModelVerifier.Compare("the network", expected, dense.Network.Run(x), 1e-6);
        Assert.Equal(type is TfliteType.Int8 or TfliteType.UInt8, dense.Model.Notes.Any(note => note.Contains("integers with scales", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_last_step_of_a_sequence_is_taken()
    {
        using Imported last = Imported.Of(new ModelFile("a test", OperatorFiles.LastStep()));
        Assert.Equal(["Rnn(2)", "LastStep"], Layers(last.Model));
    }

    [Fact]
    public void A_dense_layer_reads_all_steps()
    {
        using Imported flattened = Imported.Of(new ModelFile("a test", OperatorFiles.Flattened()));
        Assert.Equal(["Rnn(2)", "Conv1D(3, 5, Bias = false)", "LastStep"], Layers(flattened.Model));
        float[] x = RandomInputs.Of(flattened.Model, 5, 4), weight = OperatorFiles.Some(30);
        var cell = new SequenceCell(new(), 2);
        foreach ((string name, int count) in new[] { ("x", 6), ("h", 4), ("b", 2) })
            cell.Weights[name] = Array.ConvertAll(OperatorFiles.Some(count), value => (double)value);
        double[] flat = [.. cell.Run([.. x.Chunk(3).Select(frame => Array.ConvertAll(frame, value => (double)value))]).SelectMany(values => values)];
        double[] expected = [.. weight.Chunk(10).Select(row => row.Zip(flat, (one, other) => one * other).Sum())];
        ModelVerifier.Compare("the network", expected, flattened.Network.Run(x), 1e-5);
    }

    [Fact]
    public void Branches_are_added_and_multiplied()
    {
        TfliteWriter writer = OperatorFiles.Recurrent(out int x, out int h);
        int gate = writer.Tensor("gate", [1, 5, 2]), product = writer.Tensor("product", [1, 5, 2]), sum = writer.Tensor("sum", [1, 5, 2]);
        writer.Operator(14, [h], [gate]).Operator(18, [h, gate], [product], 21, new()).Operator(0, [product, h], [sum], 11, new() { [0] = (byte)4 });
        using Imported read = Imported.Of(writer.File([x], [sum]));
        Assert.Equal(["Rnn(2)", "Activation(Activation.Swish)", "Add", "Activation(Activation.Tanh)"], Array.ConvertAll(Layers(read.Model), layer => layer.StartsWith("Multiply", StringComparison.Ordinal) ? "Multiply" : layer.StartsWith("Add", StringComparison.Ordinal) ? "Add" : layer));
    }

    /// <summary>A number of an operator, what its options are, and why it is refused.</summary>
    [Theory]
    [InlineData(25, "SOFTMAX", 9, 0, 2f, "its beta is 2")]
    [InlineData(21, "RELU6", 0, 0, null, "RnnGen has no layer like it")]
    [InlineData(119, "WHILE", 0, 0, null, "RnnGen has no layer like it")]
    [InlineData(200, "operator 200", 0, 0, null, "RnnGen has no layer like it")]
    [InlineData(32, "CUSTOM Mine", 0, 0, null, "RnnGen has no layer like it")]
    [InlineData(14, "LOGISTIC", 8, 0, (byte)1, "its options are not those of LOGISTIC")]
    [InlineData(30, "SKIP_GRAM", 0, 0, null, "RnnGen has no layer like it")]
    [InlineData(22, "RESHAPE", 17, 0, new[] { 5, 2 }, "")]
    public void What_no_layer_computes_is_refused(int code, string kind, int type, int option, object? value, string reason)
    {
        TfliteWriter writer = OperatorFiles.Recurrent(out int x, out int h);
        int y = writer.Tensor("y", kind == "RESHAPE" ? [5, 2] : [1, 5, 2]);
        writer.Operator(code, [h], [y], type, value is null ? null : new() { [option] = value }, code == 32 ? "Mine" : "");
        if (reason.Length == 0)
        {
            // Steps and sequences of one: no values are mixed.
            Assert.Equal(["Rnn(2)"], Layers(ModelFormats.Read(writer.File([x], [y]), ImportOptions.Default)));
            return;
        }

        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(writer.File([x], [y]), ImportOptions.Default));
        Assert.Equal((kind, "y"), (refusal.Operation, refusal.Layer));
        Assert.StartsWith(reason, refusal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_of_integers_is_refused()
    {
        var writer = new TfliteWriter();
        int x = writer.Tensor("x", [1, 3], TfliteType.Int8), y = writer.Tensor("y", [1, 2], TfliteType.Int8);
        writer.Scale(x, [0.5f], [0]);
        writer.Scale(y, [0.5f], [0]);
        writer.Operator(9, [x, writer.Constant("weight", [2, 3], TfliteType.Int8, new byte[6], [0.5f]), -1], [y]);
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(writer.File([x], [y]), ImportOptions.Default));
        Assert.Contains("graphs that are integers throughout are not read", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_with_gaps_are_refused()
    {
        var writer = new TfliteWriter();
        int x = writer.Tensor("x", [1, 3]), y = writer.Tensor("y", [1, 2]), weight = writer.Weights("weight", [2, 3], OperatorFiles.Weights);
        writer.Set(weight, 6, new FlatFields());
        writer.Operator(9, [x, weight, -1], [y]);
        Assert.Equal("weight", Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(writer.File([x], [y]), ImportOptions.Default)).Layer);
    }

    private static string[] Layers(ModelDescription model) => [.. model.Layers.Select(layer => AttributeText.Of(layer.Attribute))];
}
