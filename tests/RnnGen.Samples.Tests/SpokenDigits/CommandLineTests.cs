namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--epochs", 1, "0")]
    [InlineData("--epochs", 1, "-3")]
    [InlineData("--epochs", 1, "many")]
    [InlineData("--epochs", 1, "1.5")]
    [InlineData("--epochs", 1, "2147483648")]
    [InlineData("--batch", 1, "0")]
    [InlineData("--batch", 1, "")]
    [InlineData("--seed", 0, "-1")]
    [InlineData("--seed", 0, "x")]
    public void Numbers_are_checked(string option, int minimum, string value) =>
        Session.Run("--out", _folder.Path, $"{option}={value}").AssertFailed(value.Length == 0
            ? $"Required argument missing for option: '{option}'."
            : $"{option}: expected an integer from {minimum} to 2147483647, got '{value}'");

    [Theory]
    [InlineData("--out", "DIR")]
    [InlineData("--listen", "FILE.wav")]
    public void Names_may_not_be_empty(string option, string expected) =>
        Session.Run(option, " ").AssertFailed($"{option}: expected {expected}, got an empty text");

    [Fact]
    public void Unknown_options_are_refused() => Session.Run("--epoch", "3").AssertFailed("Unrecognized command or argument '--epoch'.");

    [Fact]
    public void An_option_without_its_value_is_refused() => Session.Run("--listen").AssertFailed("Required argument missing for option: '--listen'.");

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_every_option(string option)
    {
        Session session = Session.Run(option);
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.All((string[])["--epochs", "--seed", "--batch", "--out", "--listen"], name => Assert.Contains(name, session.Output));
    }

    [Fact]
    public void A_missing_recording_is_named() => Listen(_folder["nobody.wav"]).AssertFailed($"{_folder["nobody.wav"]}: no such file");

    [Fact]
    public void A_folder_is_not_a_recording() => Listen(_folder.Path).AssertFailed($"{_folder.Path}: expected a WAV file, got a directory");

    [Fact]
    public void An_empty_recording_is_named() => ListenTo([]).AssertFailed($"{Take}: the file is empty");

    [Fact]
    public void Another_rate_is_named()
    {
        byte[] recording = Wav.File(Wav.Chunk("fmt ", Wav.Format(rate: 44100)), Wav.Chunk("data", new byte[400]));
        ListenTo(recording).AssertFailed($"{Take}: expected 8000 Hz, got 44100 Hz");
    }

    [Fact]
    public void A_truncated_recording_is_named() =>
        ListenTo(Wav.MuLaw(new byte[400])[..300]).AssertFailed($"{Take}: truncated: the data chunk should have 400 bytes, the file has 256 more");

    [Fact]
    public void A_recording_without_one_frame_is_named() =>
        ListenTo(Wav.MuLaw(new byte[199])).AssertFailed($"{Take}: expected at least 200 samples (25 ms), got 199");

    [Fact]
    public void Listening_before_training_says_what_to_do()
    {
        string weights = _folder["digits.safetensors"];
        ListenTo(Wav.MuLaw(new byte[400])).AssertFailed($"{weights}: no such file; train first, by running without --listen");
    }

    [Fact]
    public void Listening_without_the_scale_says_what_to_do()
    {
        _folder.Write("digits.safetensors", []);
        ListenTo(Wav.MuLaw(new byte[400])).AssertFailed($"{_folder["digits.features.json"]}: no such file; train first, by running without --listen");
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_named()
    {
        string file = _folder.Write("file", []);
        Session.Run("--out", file).AssertFailed($"{file}: expected a folder, got a file");
    }

    [Fact]
    public void Messages_stay_on_one_line()
    {
        string path = _folder["two\nlines.wav"];
        Listen(path).AssertFailed($"{path.Replace('\n', ' ')}: no such file");
    }

    private string Take => _folder["take.wav"];

    private Session Listen(string path) => Session.Run("--listen", path, "--out", _folder.Path);

    private Session ListenTo(byte[] recording) => Listen(_folder.Write("take.wav", recording));
}
