using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.JapaneseVowels.Tests;

/// <summary>Trains for real, for a few seconds.</summary>
[Trait("Category", "Training")]
public sealed partial class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Speakers_that_differ_are_told_apart()
    {
        Session session = OnMadeUpData(seed: 4);
        Assert.Equal(0, session.ExitCode);
        Assert.InRange(Accuracy(session), 95, 100);
        Assert.Contains("36 utterances to train on and 18 to test on\n", session.Output);
        Assert.Equal(10, session.Output.Split('\n').Count(line => line.StartsWith("epoch ", StringComparison.Ordinal)));
        Assert.Contains("\nspoke \\ heard    1    2    3    4    5    6    7    8    9\n            1 ", session.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_losses_and_another_seed_others()
    {
        string[] first = Losses(OnMadeUpData(seed: 5));
        Assert.Equal(first, Losses(OnMadeUpData(seed: 5)));
        Assert.NotEqual(first, Losses(OnMadeUpData(seed: 6)));
    }

    [Fact]
    public void Where_the_data_are_to_be_had_is_said_when_they_are_absent()
    {
        Session session = Session.Run("--data", _folder.Path);
        Assert.Equal((1, ""), (session.ExitCode, session.Output));
        Assert.StartsWith($"{_folder["JapaneseVowels_TRAIN.ts"]}: no such file; ", session.Error);
        Assert.Contains("UCI Machine Learning Repository", session.Error);
        Assert.Single(session.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        string file = Write("JapaneseVowels_TRAIN.ts", "@data");
        Session.Run("--data", _folder.Path).AssertFailed($"{file}, line 1: expected @classLabel before @data");
    }

    [SkippableFact]
    public void Japanese_vowels_are_told_apart()
    {
        Skip.IfNot(RnnGen.Tests.SlowTests.Run, RnnGen.Tests.SlowTests.WhyNot);
        Skip.IfNot(Directory.Exists(DataSet.StandardFolder), $"no {DataSet.StandardFolder}");
        Session session = Session.Run();
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Contains("270 utterances to train on and 370 to test on\n", session.Output);
        Assert.InRange(Accuracy(session), 97, 100);
    }

    private Session OnMadeUpData(int seed)
    {
        Write("JapaneseVowels_TRAIN.ts", Ts.Speakers(each: 4, seed: 1));
        Write("JapaneseVowels_TEST.ts", Ts.Speakers(each: 2, seed: 2));
        return Session.Run("--data", _folder.Path, "--seed", $"{seed}", "--epochs", "2");
    }

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private static double Accuracy(Session session)
    {
        Match accuracy = AccuracyLine().Match(session.Output);
        Assert.True(accuracy.Success, session.Output + session.Error);
        return double.Parse(accuracy.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static string[] Losses(Session session) => [.. LossOfEpoch().Matches(session.Output).Select(loss => loss.Value)];

    [GeneratedRegex(@"^test accuracy ([\d.]+) %", RegexOptions.Multiline)]
    private static partial Regex AccuracyLine();

    [GeneratedRegex(@"loss [\d.]+")]
    private static partial Regex LossOfEpoch();
}
