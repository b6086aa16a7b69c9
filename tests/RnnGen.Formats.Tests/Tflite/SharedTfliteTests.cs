using RnnGen.Cli.Verification;
using RnnGen.Formats.Onnx;
using RnnGen.Formats.Tflite;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>TensorFlow Lite files that others wrote.</summary>
public sealed class SharedTfliteTests
{
    [SkippableFact]
    public void Dtln_s_first_network_gives_its_masks()
    {
        using Imported dtln = Imported.Shared("models", "dtln", "model_1.tflite");
        double[] masks = Array.ConvertAll(Recorded.Singles("models", "dtln", "masks_200x257.f32"), value => (double)value);
        ModelVerifier.Compare("masks", masks, dtln.Network.Run(Recorded.Singles("models", "dtln", "magnitudes_200x257.f32")), 1e-5);
        Assert.Equal(["Lstm(128)", "Lstm(128)", "Dense(257, Activation.Sigmoid)"], Layers(dtln.Model));
        Assert.StartsWith("TensorFlow Lite FULLY_CONNECTED \"functional_3/dense_2/BiasAdd", dtln.Model.Layers[2].Comment, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_part_of_dtln_s_first_network_is_read_by_its_tensors()
    {
        byte[] file = File.ReadAllBytes(SharedFolder.Get("models", "dtln", "model_1.tflite"));
        ModelDescription part = ModelFormats.Read(new ModelFile("dtln", file), new ImportOptions { Subgraph = ("functional_3/dense_2/Tensordot/Reshape", "Identity") });
        Assert.Equal(["Dense(257, Activation.Sigmoid)"], Layers(part));
        Assert.Equal((128, 257), (part.InputSize, part.OutputSize));
    }

    /// <summary>An image is read row by row, and the dense layer reads what the LSTM gave at all of the 28 steps.</summary>
    [SkippableFact]
    public void The_digits_of_TensorFlow_Lite_Micro_are_what_their_operators_say()
    {
        using Imported digits = Imported.Shared("models", "tflite", "trained_lstm.tflite");
        Assert.Equal(["Lstm(20, CellClip = 10f)", "Conv1D(10, 28)", "LastStep", "Activation(Activation.Softmax)"], Layers(digits.Model));
        Assert.Contains("\"model/sequential/output/MatMul;model/sequential/output/BiasAdd\" reads 28 time steps", string.Join("\n", digits.Model.Notes), StringComparison.Ordinal);
        const int steps = 28, units = 20, classes = 10;
        float[] image = RandomInputs.Of(digits.Model, steps, 9);
        OnnxGraph graph = Graph("models", "tflite", "trained_lstm.tflite");
        var cell = new SequenceCell(new() { CellClip = 10 }, units);
        string[] parts = ["ho", "hc", "hf", "hi", "bo", "bc", "bf", "bi", "xo", "xc", "xf", "xi"];
        for (int part = 0; part < parts.Length; part++)
            cell.Weights[parts[part]] = graph.Initializers[part == 0 ? "arith.constant" : $"arith.constant{part}"].Values();
        double[] flat = [.. cell.Run([.. image.Chunk(steps).Select(row => Array.ConvertAll(row, value => (double)value))]).SelectMany(values => values)];
        double[] weight = graph.Initializers["model/sequential/output/MatMul"].Values(), bias = graph.Initializers["model/sequential/output/BiasAdd/ReadVariableOp"].Values();
        double[] powers = [.. Enumerable.Range(0, classes).Select(digit => Math.Exp(bias[digit] + weight.Skip(digit * steps * units).Take(steps * units).Zip(flat, (one, other) => one * other).Sum()))];
        double[] expected = Array.ConvertAll(powers, power => power / powers.Sum());
        ModelVerifier.Compare("the evaluator", expected, Array.ConvertAll(new ModelEvaluator(digits.Model).Run(image), value => (float)value), 1e-6);
        ModelVerifier.Compare("the network", expected, digits.Network.Run(image), 1e-5);
    }

    private static OnnxGraph Graph(params string[] path)
    {
        byte[] file = File.ReadAllBytes(SharedFolder.Get(path));
        var flat = new FlatFile(file);
        return GraphTranslation.Of(TfliteModelReader.Read(flat), flat).Graph;
    }

    private static string[] Layers(ModelDescription model) => [.. model.Layers.Select(layer => AttributeText.Of(layer.Attribute))];
}
