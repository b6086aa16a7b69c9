using System.Globalization;
using System.Text.RegularExpressions;

namespace RnnGen.Samples.GuitarAmp.Tests;

/// <summary>Trains for real, for a few seconds.</summary>
[Trait("Category", "Training")]
public sealed partial class TrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_few_epochs_come_near_the_amplifier()
    {
        Session session = Session.Run("--epochs", "3", "--out", _folder.Path);
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Match ratio = RatioLine().Match(session.Output);
        Assert.True(ratio.Success, session.Output);
        Assert.InRange(double.Parse(ratio.Groups[1].Value, CultureInfo.InvariantCulture), 0, 25);
        Assert.InRange(double.Parse(ratio.Groups[2].Value, CultureInfo.InvariantCulture), 50, 200); // there is something to learn
        Assert.Contains("bytes allocated by all blocks: 0\n", session.Output);

        WavAudio network = WavReader.Read(_folder["network.wav"], WavKinds.Any), amplifier = WavReader.Read(_folder["amplifier.wav"], WavKinds.Any);
        Assert.Equal((48000, 6 * 48000), (network.Rate, network.Samples.Length));
        Assert.Equal(double.Parse(ratio.Groups[1].Value, CultureInfo.InvariantCulture), 100 * ErrorToSignalRatio.Of(network.Samples, amplifier.Samples), 0.02);
        Picture.AssertPng(_folder["spectrogram.png"], height: 900);
        Assert.Contains($"wrote {_folder["amp.safetensors"]}\n", session.Output);
    }

    [Fact]
    public void Another_rate_is_named()
    {
        WavWriter.Write(_folder["slow.wav"], new WavAudio(44100, new float[1000]));
        Session.Run("--input", _folder["slow.wav"], "--out", _folder.Path)
            .AssertFailed($"{_folder["slow.wav"]}: expected 48000 Hz, the rate that the amplifier is trained at, got 44100 Hz");
    }

    [GeneratedRegex(@"^error-to-signal ratio: ([\d.]+) % \(.*\); unprocessed guitar: (\d+) %$", RegexOptions.Multiline)]
    private static partial Regex RatioLine();
}
