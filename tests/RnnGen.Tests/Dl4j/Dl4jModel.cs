using System.IO.Compression;
using System.Text.Json;

namespace RnnGen.Tests.Dl4j;

/// <summary>
/// What Deeplearning4j made of <see cref="Dl4jClassifier"/>. Its parameters lie in one vector: W [1, 4H], RW [H, 4H], b [4H], Dense W [H, classes], b, all of
/// them column by column, gates g f o i.
/// </summary>
internal sealed class Dl4jModel
{
    /// <summary>Where our gates, i f g o, are among theirs.</summary>
    private static readonly int[] Gates = [3, 1, 0, 2];

    /// <summary>Our parameters in the order of their vector; our bias_hh stays 0.</summary>
    private static readonly string[] Names = ["lstm0.weight_ih", "lstm0.weight_hh", "lstm0.bias_ih", "dense2.weight", "dense2.bias"];

    private readonly string _folder = SharedFolder.Get("models", "dl4j", "RnnCsvSequenceClassification1");

    public Dl4jModel()
    {
        using ZipArchive model = ZipFile.OpenRead(Path.Combine(_folder, "Model_RANDOM_INIT_UNTRAINED.zip"));
        using var coefficients = new MemoryStream();
        using (Stream entry = model.GetEntry("coefficients.bin")!.Open())
            entry.CopyTo(coefficients);
        InitialParameters = Split(Nd4jFile.Read(coefficients.ToArray()));
    }

    public Dictionary<string, float[]> InitialParameters { get; }

    public Dictionary<string, float[]> FinalParameters => Split(Read("paramsPostTrain.bin"));

    /// <summary>Of the first batch, at the initial parameters: sums over the sequences, of the loss without penalties.</summary>
    public Dictionary<string, float[]> Gradients => Split(Read("flattenedGradients.bin"));

    /// <summary>Of the first batch, [B, classes].</summary>
    public float[] Predictions => Read(Path.Combine("predictions", "output_0_0.bin"));

    /// <summary>The score of each update.</summary>
    public double[] TrainingCurve =>
        [.. File.ReadAllText(Path.Combine(_folder, "trainingCurve.csv")).Split(',').Select(score => double.Parse(score, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Right answers on the test set by class.</summary>
    public int[] TruePositives
    {
        get
        {
            using JsonDocument evaluation = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "evaluation", "0.Evaluation.json")));
            return [.. evaluation.RootElement.GetProperty("truePositives").GetProperty("map").EnumerateObject().Select(count => (int)count.Value.GetDouble())];
        }
    }

    private float[] Read(string file) => Nd4jFile.Read(File.ReadAllBytes(Path.Combine(_folder, file)));

    private static Dictionary<string, float[]> Split(float[] vector)
    {
        var parts = new Dictionary<string, float[]>();
        int at = 0;
        using var network = new Dl4jClassifier(0);
        foreach (string name in Names)
        {
            int count = network.Parameters[name].Count;
            float[] part = vector[at..(at + count)];
            at += count;

            // A column of theirs is a row of ours.
            parts.Add(name, name.StartsWith("lstm", StringComparison.Ordinal)
                ? [.. Gates.SelectMany(gate => part.Chunk(part.Length / Gates.Length).ElementAt(gate))]
                : part);
        }

        Assert.Equal(vector.Length, at);
        return parts;
    }
}
