using System.Text.Json;
using RnnGen.Tests;
using RnnGen.Tests.Dl4j;

namespace RnnGen.Formats.Tests.Dl4j;

/// <summary>
/// Two networks of Deeplearning4j's own integration tests, a plain and a bidirectional one: the predictions that it recorded with the initial weights, and its
/// evaluation on the test set with those after training.
/// </summary>
public sealed class Dl4jModelTests
{
    [SkippableTheory]
    [InlineData("RnnCsvSequenceClassification1")]
    [InlineData("RnnCsvSequenceClassification2")]
    public void Predictions_are_those_of_Deeplearning4j(string name)
    {
        string folder = SharedFolder.Get("models", "dl4j", name);
        using Imported imported = Imported.Shared("models", "dl4j", name, "Model_RANDOM_INIT_UNTRAINED.zip");
        float[] expected = Nd4jFile.Read(File.ReadAllBytes(Path.Combine(folder, "predictions", "output_0_0.bin")));
        float[] actual = [.. Inputs(name, "train").Take(10).SelectMany(sequence => imported.Network.Run(sequence))];
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at++)
            Assert.Equal(expected[at], actual[at], 3e-7);
    }

    [SkippableTheory]
    [InlineData("RnnCsvSequenceClassification1", 84)]
    [InlineData("RnnCsvSequenceClassification2", 43)]
    public void Trained_weights_answer_as_they_did(string name, int right)
    {
        string folder = SharedFolder.Get("models", "dl4j", name);
        using ZipContent zip = ZipContent.Open(ModelFile.Read(Path.Combine(folder, "Model_RANDOM_INIT_UNTRAINED.zip")))!;
        ModelFile trained = Torch.TorchFile.Zip([("configuration.json", zip.Read("configuration.json")), ("coefficients.bin", File.ReadAllBytes(Path.Combine(folder, "paramsPostTrain.bin")))]);
        var network = new ModelEvaluator(ModelFormats.Read(trained, ImportOptions.Default));
        int[] found = new int[6];
        IReadOnlyList<int> classes = SyntheticControl.Read("test").Classes;
        float[][] inputs = [.. Inputs(name, "test")];
        for (int at = 0; at < inputs.Length; at++)
        {
            double[] outputs = network.Run(inputs[at]);
            if (Array.IndexOf(outputs, outputs.Max()) == classes[at])
                found[classes[at]]++;
        }

        using JsonDocument evaluation = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "evaluation", "0.Evaluation.json")));
        Dictionary<int, int> recorded = evaluation.RootElement.GetProperty("truePositives").GetProperty("map").EnumerateObject().ToDictionary(
            count => int.Parse(count.Name, System.Globalization.CultureInfo.InvariantCulture), count => (int)count.Value.GetDouble());
        Assert.Equal(Enumerable.Range(0, 6).Select(number => recorded.GetValueOrDefault(number)), found);
        Assert.Equal(right, found.Sum());
    }

    /// <summary>The first network was trained on standardised sequences, the second on ones between the smallest and the largest value of the training set.</summary>
    private static IEnumerable<float[]> Inputs(string name, string part)
    {
        IReadOnlyList<float[]> sequences = SyntheticControl.Read(part).Sequences;
        if (name.EndsWith('1'))
            return sequences;
        float[] all = [.. SyntheticControl.Read("train").Sequences.SelectMany(sequence => sequence)];
        (float least, float most) = (all.Min(), all.Max());
        return sequences.Select(sequence => Array.ConvertAll(sequence, value => (value - least) / (most - least)));
    }
}
