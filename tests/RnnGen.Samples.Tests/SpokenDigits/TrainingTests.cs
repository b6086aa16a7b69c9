using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.SpokenDigits.Tests;

/// <summary>Trains for real, for a few seconds.</summary>
[Trait("Category", "Training")]
public sealed partial class TrainingTests(TrainingTests.ShortRun run) : IClassFixture<TrainingTests.ShortRun>
{
    [Fact]
    public void Two_epochs_are_far_better_than_chance()
    {
        Assert.Equal((0, ""), (run.Session.ExitCode, run.Session.Error));
        Match accuracy = AccuracyLine().Match(run.Session.Output);
        Assert.True(accuracy.Success, run.Session.Output);
        Assert.InRange(double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture), 50, 100);
    }

    /// <summary>Within half a percent.</summary>
    [Fact]
    public void Reduced_weights_hear_the_same()
    {
        double exact = double.Parse(AccuracyLine().Match(run.Session.Output).Groups[1].Value, CultureInfo.InvariantCulture);
        MatchCollection reduced = ReducedLine().Matches(run.Session.Output);
        Assert.Equal(["BFloat16", "Int8"], reduced.Select(line => line.Groups[1].Value));
        Assert.All(reduced, line => Assert.InRange(double.Parse(line.Groups[2].Value, CultureInfo.InvariantCulture), exact - 0.5, exact + 0.5));
    }

    [Fact]
    public void Every_epoch_is_a_line() => Assert.Equal(["1", "2"], EpochLine().Matches(run.Session.Output).Select(line => line.Groups[1].Value));

    [Fact]
    public void Stepping_allocates_nothing() => Assert.Contains("bytes allocated by all steps: 0\n", run.Session.Output);

    [Theory]
    [InlineData("digits.safetensors")]
    [InlineData("digits.raw.safetensors")]
    [InlineData("digits.features.json")]
    [InlineData("training.png")]
    [InlineData("latency.png")]
    public void Every_file_is_written_and_named(string file)
    {
        Assert.True(new FileInfo(run.Folder[file]).Length > 0);
        Assert.Contains($"wrote {run.Folder[file]}\n", run.Session.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_another_seed_others()
    {
        using var folder = new TemporaryFolder();
        byte[] Train(int seed)
        {
            Assert.Equal(0, Session.Run("--epochs", "1", "--seed", $"{seed}", "--out", folder.Path).ExitCode);
            return File.ReadAllBytes(folder["digits.safetensors"]);
        }

        byte[] first = Train(seed: 5);
        Assert.Equal(first, Train(seed: 5));
        Assert.NotEqual(first, Train(seed: 6));
    }

    [Fact]
    public void Listening_hears_what_the_network_hears_in_a_batch()
    {
        (DigitRecognizer network, FeatureScale scale) = new ModelFolder(run.Folder.Path).Load();
        using (network)
        {
            foreach (Recording recording in Corpus.Test().Where((_, i) => i % 40 == 0))
            {
                float[] features = new LogMel().Extract(recording.Samples, recording.Name);
                scale.Apply(features);
                var scores = new float[DigitRecognizer.OutputSize];
                network.Run(SequenceBatch.Pad([features], DigitRecognizer.InputSize, Padding.Trailing), scores);
                Guess expected = Guess.Of(scores);

                string path = run.Folder.Write(recording.Name, Wav.File(
                    Wav.Chunk("fmt ", Wav.Format(Wav.Pcm, bits: 16)),
                    Wav.Chunk("data", [.. recording.Samples.SelectMany(sample => Wav.UInt16((short)(sample * 32768)))])));
                Session session = Session.Run("--listen", path, "--out", run.Folder.Path);

                Assert.Equal((0, ""), (session.ExitCode, session.Error));
                string[] lines = session.Output.TrimEnd('\n').Split('\n');
                Assert.Equal((features.Length / LogMel.Bands / 5) + 1, lines.Length);
                Match heard = HeardLine().Match(lines[^1]);
                Assert.Equal(expected.Digit, int.Parse(heard.Groups[1].Value, CultureInfo.InvariantCulture));
                Assert.Equal(100 * expected.Probability, double.Parse(heard.Groups[2].Value, CultureInfo.InvariantCulture), 0.11);
            }
        }
    }

    [Fact]
    public void Damaged_weights_are_named_in_one_line()
    {
        using var folder = new TemporaryFolder();
        File.Copy(run.Folder["digits.features.json"], folder["digits.features.json"]);
        folder.Write("digits.safetensors", File.ReadAllBytes(run.Folder["digits.safetensors"])[..^4]);
        string take = folder.Write("take.wav", Wav.MuLaw(new byte[400]));
        Session session = Session.Run("--listen", take, "--out", folder.Path);
        Assert.Equal((1, ""), (session.ExitCode, session.Output));
        Assert.Single(session.Error.TrimEnd('\n').Split('\n'));
    }

    [GeneratedRegex(@"^test accuracy ([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex AccuracyLine();

    [GeneratedRegex(@"^  (\w+): test accuracy ([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex ReducedLine();

    [GeneratedRegex(@"^epoch (\d+)/2 ", RegexOptions.Multiline)]
    private static partial Regex EpochLine();

    [GeneratedRegex(@": (\d) \(([\d.]+) %\)$")]
    private static partial Regex HeardLine();

    /// <summary>Two epochs, shared by the tests.</summary>
    public sealed class ShortRun : IDisposable
    {
        public ShortRun() => Session = Session.Run("--epochs", "2", "--out", Folder.Path);

        internal TemporaryFolder Folder { get; } = new();

        internal Session Session { get; }

        public void Dispose() => Folder.Dispose();
    }
}
