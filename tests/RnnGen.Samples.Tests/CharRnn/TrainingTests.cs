using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.CharRnn.Tests;

/// <summary>Trains for real, for a few seconds.</summary>
[Trait("Category", "Training")]
public sealed partial class TrainingTests : IDisposable
{
    private const string Phrase = "the quick brown fox jumps over the lazy dog\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_phrase_is_learnt_by_heart()
    {
        Session session = Learn("--epochs", "3", "--temperature", "0", "--length", "88");
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Contains("text.txt: 118800 characters to train on and 13200 to test on\n", session.Output);

        // What a character costs that one has not read before, of 28: 4.8 bits.
        double[] bits = [.. BitsLine().Matches(session.Output).Select(line => double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(4, bits.Length); // an epoch each, and the end
        Assert.InRange(bits[^1], 0, 0.1);
        Assert.EndsWith("\ntemperature 0:\n  the quick brown fox jumps over the lazy dog\n  the quick brown fox jumps over the lazy dog\n\n", session.Output);
    }

    [Fact]
    public void Threads_do_not_matter_and_the_seed_does()
    {
        string Words(string threads, string seed) => string.Join('\n', BitsLine()
            .Matches(Learn("--epochs", "1", "--length", "20", "--threads", threads, "--seed", seed).Output).Select(line => line.Value));

        string one = Words("1", "3");
        Assert.Equal(one, Words("2", "3"));
        Assert.NotEqual(one, Words("2", "4"));
    }

    [Fact]
    public void There_is_always_a_text()
    {
        LearningText text = LearningText.Sources();
        Assert.Contains("public sealed partial class Trainer<TNetwork>", text.Content);
        Assert.DoesNotContain('\r', text.Content);
        Assert.True(text.Content.Length > 500_000);
    }

    [Fact]
    public void A_missing_text_is_named() => Session.Run("--text", _folder["none.txt"]).AssertFailed($"{_folder["none.txt"]}: no such file");

    [Fact]
    public void A_text_that_is_too_short_is_named()
    {
        string path = _folder.Write("short.txt", "to be"u8.ToArray());
        Session.Run("--text", path).AssertFailed($"{path}: expected at least 20 characters, got 5");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("warm")]
    public void The_temperature_is_checked(string value) =>
        Session.Run($"--temperature={value}").AssertFailed($"--temperature: expected a number from 0, got '{value}'");

    private Session Learn(params string[] arguments)
    {
        string path = _folder.Write("text.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Phrase, 3000))));
        return Session.Run([.. arguments, "--text", path]);
    }

    [GeneratedRegex(@"bits per character in training, ([\d.]+) in validation")]
    private static partial Regex BitsLine();
}
