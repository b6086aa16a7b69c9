using RnnGen.Training;

namespace RnnGen.Tests.ReadMe;

/// <summary>The README's code is code of this folder, and runs.</summary>
public sealed class ReadMeTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void The_code_runs()
    {
        float[] frame = new float[20];
        float[] scores = new float[10];
        DigitRecognizer.State stream = default;
        List<float[]> sequences = [new float[20 * 17], new float[20 * 30]];
        int[] digits = [3, 5];
        float[] answers = new float[2 * 10];
        float[] frames = sequences[0], answer = new float[10];
        string path = _file;

        // README: use
        using var net = new DigitRecognizer(seed: 1);           // the same seed draws the same weights everywhere
        net.Step(frame, scores);                                // one time step; the hidden state is kept between calls
        DigitRecognizer.State saved = net.CurrentState;         // a snapshot: a value, or a class with Clone() above 8 KB
        net.Step(ref stream, frame, scores);                    // many streams with one set of weights, from any thread
        net.Predict(frames, answer);                            // a whole sequence from a fresh state; Run continues from the current one

        var batch = SequenceBatch.Pad(sequences, features: 20, Padding.Trailing);
        net.Run(batch, answers);                                // sequences of different lengths, masked

        using var trainer = new Trainer<DigitRecognizer>(net, new TrainerOptions
        {
            Optimizer = new Adam(3e-3f), Loss = Loss.CrossEntropy, BatchSize = 32, ClipNorm = 1f,
        });
        var training = TrainingSet.PerSequence(sequences, features: 20, digits);
        trainer.Fit(training, validation: null, epochs: 20);
        net.Save(path);                                         // safetensors, PyTorch's layout; atomic
        using var loaded = DigitRecognizer.Load(path);
        // README: end

        net.CurrentState = saved;
        loaded.CurrentState = saved;
        float[] expected = new float[10];
        net.Step(frame, expected);
        loaded.Step(frame, scores);
        Assert.Equal(expected, scores);
    }

    [Theory]
    [InlineData("docs/getting-started.md", "RnnGen.Tests/ReadMe/ReadMeTests.cs", "use")]
    [InlineData("docs/getting-started.md", "RnnGen.Tests/ReadMe/DigitRecognizer.cs", "spec")]
    [InlineData("docs/guides/cells.md", "RnnGen.Tests/ReadMe/MguAttribute.cs", "cell")]
    [InlineData("docs/guides/cells.md", "RnnGen.Tests/ReadMe/CellsPageTests.cs", "reference")]
    [InlineData("docs/guides/training.md", "RnnGen.Tests.Networks/Training/UserLosses.cs", "loss")]
    [InlineData("docs/guides/training.md", "RnnGen.Tests.Networks/Training/UserOptimizers.cs", "optimizer")]
    [InlineData("docs/guides/training.md", "RnnGen.Tests/ReadMe/TrainingPageTests.cs", "cancel")]
    [InlineData("docs/guides/training.md", "RnnGen.Tests/ReadMe/TrainingPageTests.cs", "function")]
    [InlineData("docs/guides/training.md", "RnnGen.Tests/ReadMe/TrainingPageTests.cs", "outputs")]
    public void The_page_shows_this_code(string page, string file, string region)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root(), "tests", file));
        int start = Array.FindIndex(lines, line => line.Trim() == "// README: " + region);
        int end = Array.FindIndex(lines, start, line => line.Trim() == "// README: end");
        int indent = lines[start].Length - lines[start].TrimStart().Length;
        string code = string.Join('\n', lines[(start + 1)..end].Select(line => line.Length < indent ? line : line[indent..]));
        string text = File.ReadAllText(Path.Combine(Root(), page)).ReplaceLineEndings("\n");
        Assert.Contains("```csharp\n" + code + "\n```", text, StringComparison.Ordinal);
    }

    private static string Root()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RnnGen.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"No RnnGen.sln above {AppContext.BaseDirectory}.");
        return folder;
    }
}
