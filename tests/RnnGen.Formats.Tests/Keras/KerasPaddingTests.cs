using System.Text.Json.Nodes;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Zeros in front of a sequence, and what may stand between them and the convolution that reads them.</summary>
public sealed class KerasPaddingTests
{
    private static readonly NamedTensor[] Taps = [InMemory.Weight(1, 3, 2, 2), InMemory.Weight(2, 2)];

    [Theory]
    [InlineData("Activation", """{"activation": "sigmoid"}""")]
    [InlineData("Softmax", "{}")]
    [InlineData("Rescaling", """{"scale": 2.0, "offset": 0.5}""")]
    [InlineData("TimeDistributed", """{"layer": {"class_name": "Rescaling", "config": {"scale": 2.0, "offset": 0.5}}}""")]
    [InlineData("Normalization", """{"axis": -1, "mean": [1.0, 0.0], "variance": [1.0, 1.0]}""")]
    [InlineData("BatchNormalization", "{}", "gamma", "beta", "mean", "variance")]
    [InlineData("LayerNormalization", "{}", "gamma", "beta")]
    [InlineData("Dense", """{"units": 2, "activation": "linear"}""", "kernel", "bias")]
    [InlineData("Dense", """{"units": 2, "activation": "sigmoid", "use_bias": false}""", "kernel")]
    public void What_makes_other_values_of_zeros_is_refused(string kind, string options, params string[] weights)
    {
        NamedTensor[] tensors = [.. weights.Select((name, at) => name == "kernel" ? InMemory.Weight(at, 2, 2) : new NamedTensor(name, [2], [0.5f, 0.25f]))];
        Assert.Contains("zeros in front of a sequence", Assert.Throws<UnsupportedLayerException>(() => Padded((kind, options, tensors))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Activation", """{"activation": "tanh"}""")]
    [InlineData("Dropout", """{"rate": 0.5}""")]
    [InlineData("Rescaling", """{"scale": 2.0}""")]
    [InlineData("Dense", """{"units": 2, "activation": "tanh", "use_bias": false}""", "kernel")]
    [InlineData("Dense", """{"units": 2, "activation": "tanh"}""", "kernel", "zeros")]
    public void What_keeps_zeros_gives_what_padding_behind_it_gives(string kind, string options, params string[] weights)
    {
        NamedTensor[] tensors = [.. weights.Select((name, at) => name == "kernel" ? InMemory.Weight(at, 2, 2) : new NamedTensor(name, [2], [0, 0]))];
        float[] x = [0.1f, 0.2f, -0.3f, 0.4f, 0.5f, -0.6f];
        double[] expected = new ModelEvaluator(InMemory.Sequential(3, [null, null, 2], (kind, Options(options), tensors), Padding, Convolution)).Run(x);
        Assert.Equal(expected, new ModelEvaluator(Padded((kind, options, tensors))).Run(x));
    }

    [Fact]
    public void What_stands_before_them_does_not_matter_and_is_not_folded()
    {
        // The dense layer's bias is no matter, for zeros are put in front of what it gives; the scale behind them must not move into it.
        NamedTensor[] dense = [InMemory.Weight(3, 2, 2), InMemory.Weight(4, 2)];
        ModelDescription model = InMemory.Sequential(
            3, [null, null, 2], ("Dense", Options("""{"units": 2, "activation": "linear"}"""), dense), Padding, ("Activation", Options("""{"activation": "tanh"}"""), []), Convolution);
        Assert.Equal(["Dense(2)", "Activation(Activation.Tanh)", "Conv1D(2, 3)"], model.Layers.Select(layer => AttributeText.Of(layer.Attribute)));
        Assert.Throws<UnsupportedLayerException>(() => InMemory.Sequential(
            3, [null, null, 2], ("Dense", Options("""{"units": 2, "activation": "linear"}"""), dense), Padding, ("Rescaling", Options("""{"scale": 2.0, "offset": 0.5}"""), []), Convolution));
    }

    private static (string, JsonObject, NamedTensor[]) Padding => ("ZeroPadding1D", Options("""{"padding": [2, 0]}"""), []);

    private static (string, JsonObject, NamedTensor[]) Convolution => ("Conv1D", Options("""{"filters": 2, "kernel_size": [3], "padding": "valid", "activation": "linear"}"""), Taps);

    private static ModelDescription Padded((string Kind, string Options, NamedTensor[] Weights) layer) =>
        InMemory.Sequential(3, [null, null, 2], Padding, (layer.Kind, Options(layer.Options), layer.Weights), Convolution);

    private static JsonObject Options(string json) => JsonNode.Parse(json)!.AsObject();
}
