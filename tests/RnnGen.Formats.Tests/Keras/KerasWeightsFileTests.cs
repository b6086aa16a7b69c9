using System.IO.Compression;
using PureHDF;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Keras;

namespace RnnGen.Formats.Tests.Keras;

/// <summary>Files of weights without a model, for networks that are there.</summary>
public sealed class KerasWeightsFileTests
{
    [SkippableFact]
    public void Weights_of_a_file_that_Keras_wrote_are_those_of_its_model()
    {
        // The weights were saved at another time of training than the model: only its layers are the same.
        ModelDescription model = ModelFormats.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", "simple_lstm_tf_keras_2_model.h5"));
        ModelFile file = ModelFile.Read(RnnGen.Tests.SharedFolder.Get("models", "keras", "simple_lstm_tf_keras_2_weights.h5"));
        IReadOnlyList<NamedTensor> weights = KerasWeightsFile.Read(file);
        Assert.Equal(
            ["/lstm_1/lstm_1/kernel:0 [1, 200]", "/lstm_1/lstm_1/recurrent_kernel:0 [50, 200]", "/lstm_1/lstm_1/bias:0 [200]", "/dense_1/dense_1/kernel:0 [50, 1]", "/dense_1/dense_1/bias:0 [1]"],
            weights.Select(weight => weight.ToString()));
        ModelDescription loaded = KerasWeightsFile.Load(model, file);
        Assert.Equal(weights[1].Values.Transposed(50, 200), loaded.Layers[0].Find("weight_hh")!.Values);
        Assert.Equal(weights[3].Values, loaded.Layers[2].Find("weight")!.Values);
        Assert.Equal(model.Layers.Select(layer => layer.Attribute), loaded.Layers.Select(layer => layer.Attribute));
    }

    [Fact]
    public void Layers_take_weights_by_class_and_order()
    {
        LayerAttribute[] Layers() =>
        [
            new Conv1DAttribute(4, 3), new GruAttribute(4), new LayerNormAttribute(), new LstmAttribute(4) { Direction = Direction.Bidirectional }, new GruAttribute(4), new DenseAttribute(3, Activation.Tanh), new DenseAttribute(3),
        ];
        ModelDescription trained = RandomModel.Of(3, Layers());
        ModelDescription other = RandomModel.Of(3, Layers());
        foreach (NamedTensor tensor in other.Tensors)
            Array.Clear(tensor.Values);
        ModelDescription loaded = KerasWeightsFile.Load(other, Weights(trained));
        float[] input = RandomInputs.Of(trained, 7, 1);
        double[] expected = new ModelEvaluator(trained).Run(input), actual = new ModelEvaluator(loaded).Run(input);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], 1e-6);
    }

    [Fact]
    public void Weights_of_other_layers_are_refused()
    {
        ModelFile file = Weights(RandomModel.Of(3, new GruAttribute(4), new DenseAttribute(2)));
        Assert.Contains("expected 1 layers with weights", Message(new GruAttribute(4)), StringComparison.Ordinal);
        Assert.Contains("expected weights of a lstm", Message(new LstmAttribute(4), new DenseAttribute(2)), StringComparison.Ordinal);
        Assert.Contains("expected a kernel [3, 15], got", Message(new GruAttribute(5), new DenseAttribute(2)), StringComparison.Ordinal);
        Assert.Contains("expected 2 weights, got 3", Message(new GruAttribute(4) { Bias = false }, new DenseAttribute(2)), StringComparison.Ordinal);

        string Message(params LayerAttribute[] layers) => Assert.Throws<FormatException>(() => KerasWeightsFile.Load(RandomModel.Of(3, layers), file)).Message;
    }

    [Fact]
    public void Layers_that_stand_side_by_side_are_told_apart_by_names()
    {
        ModelDescription trained = RandomModel.Of(8, Branched());

        // As Keras has them, b1 first.
        ModelFile named = Named([.. new[] { "b1", "a", "b2" }.Select(name => trained.Layers.Single(layer => layer.Name == name))]);
        ModelDescription other = RandomModel.Of(8, Branched());
        foreach (NamedTensor tensor in other.Tensors)
            Array.Clear(tensor.Values);
        ModelDescription loaded = KerasWeightsFile.Load(other, named);
        Assert.Equal(trained.Tensors.Select(tensor => tensor.Values), loaded.Tensors.Select(tensor => tensor.Values));
    }

    [Fact]
    public void Without_names_they_are_refused()
    {
        ModelDescription model = RandomModel.Of(8, Branched());
        Assert.Contains("\"a\" and \"b1\" stand side by side", Assert.Throws<FormatException>(() => KerasWeightsFile.Load(model, Weights(model))).Message, StringComparison.Ordinal);
        ModelDescription unlike = RandomModel.Of(8, new DenseAttribute(8) { Name = "c", From = ["input"] }, new DenseAttribute(8) { Name = "d", From = ["input"] }, new DenseAttribute(8) { Name = "e", From = ["c", "d"] });
        Assert.Contains("\"c\" and \"d\" stand side by side", Assert.Throws<FormatException>(() => KerasWeightsFile.Load(unlike, Named([.. model.Layers.Where(layer => layer.Tensors.Count > 0)]))).Message, StringComparison.Ordinal);
    }

    private static LayerAttribute[] Branched() =>
    [
        new DenseAttribute(8) { Name = "a", From = ["input"] }, new DenseAttribute(8) { Name = "b1", From = ["input"] }, new DenseAttribute(8) { Name = "b2", From = ["b1"] }, new AddAttribute { From = ["a", "b2"] },
    ];

    /// <summary>Dense layers as <c>save_weights</c> of Keras 2 writes them: a group for each by its name.</summary>
    private static ModelFile Named(ModelLayer[] layers)
    {
        var root = new H5File { Attributes = { ["layer_names"] = Array.ConvertAll(layers, layer => layer.Name) } };
        foreach (ModelLayer layer in layers)
        {
            ulong[] bias = [(ulong)layer.OutputSize], kernel = [(ulong)layer.InputSize, (ulong)layer.OutputSize];
            root[layer.Name] = new H5Group
            {
                ["kernel"] = new H5Dataset(layer.Find("weight")!.Values.Transposed(layer.OutputSize, layer.InputSize), fileDims: kernel),
                ["bias"] = new H5Dataset(layer.Find("bias")!.Values, fileDims: bias),
                Attributes = { ["weight_names"] = new[] { "kernel", "bias" } },
            };
        }

        using var bytes = new MemoryStream();
        root.Write(bytes);
        return new ModelFile("weights.h5", bytes.ToArray());
    }

    private static ModelFile Weights(ModelDescription model)
    {
        using var zip = new ZipArchive(new MemoryStream(KerasWriter.Write(model)));
        using Stream stream = zip.GetEntry("model.weights.h5")!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return new ModelFile("model.weights.h5", bytes.ToArray());
    }
}
