using System.Runtime.InteropServices;

namespace RnnGen.Samples.VoiceActivity.Tests;

public sealed class DetectionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Probabilities_are_those_of_ONNX_Runtime()
    {
        SkipWithoutModel();
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Beside("silero_vad_16k_op15_test_wav_probs_512.f32"))).ToArray();
        float[] samples = WavReader.Read(Beside("test.wav"), WavKinds.Any).Samples;
        using var detector = new VoiceDetector(SileroWeights.Read(ModelFile.StandardPath));
        detector.Hear(samples.AsSpan(9999, VoiceDetector.ChunkLength));
        detector.Reset();
        for (int chunk = 0; chunk < expected.Length; chunk++)
        {
            float heard = detector.Hear(samples.AsSpan(chunk * VoiceDetector.ChunkLength, VoiceDetector.ChunkLength));
            Assert.True(Math.Abs(expected[chunk] - heard) <= 2e-5f, $"chunk {chunk}: expected {expected[chunk]}, got {heard}");
        }
    }

    [SkippableFact]
    public void Speech_is_told_and_drawn()
    {
        SkipWithoutModel();
        Session session = Session.Run("--out", _folder.Path);
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.Contains("bytes allocated by all chunks: 0\n", session.Output);
        Assert.Contains("test.wav: speech in 47.5 of 60.0 s\n    0.03 to   2.02 s\n    2.69 to   4.67 s\n", session.Output);
        Picture.AssertPng(_folder["activity.png"]);
    }

    [SkippableFact]
    public void Another_rate_is_named()
    {
        SkipWithoutModel();
        WavWriter.Write(_folder["take.wav"], new WavAudio(8000, new float[1000]));
        Session.Run("--input", _folder["take.wav"]).AssertFailed($"{_folder["take.wav"]}: expected 16000 Hz, got 8000 Hz");
    }

    [SkippableFact]
    public void Another_network_is_named()
    {
        string path = SharedFolder.Get("models", "dtln", "model_1.onnx");
        Skip.IfNot(File.Exists(path), $"no {path}");
        Session.Run("--model", path).AssertFailed(
            $"{path}: expected Silero's network for 16 kHz, but there are no weights 'model.stft.forward_basis_buffer'");
    }

    [Fact]
    public void How_to_get_the_network_is_said_where_it_is_not()
    {
        var output = new StringWriter { NewLine = "\n" };
        new DetectionRun(new Options(null, null, _folder.Path), new PlainDisplay(output), _folder["silero.onnx"]).Run();
        Assert.StartsWith($"{_folder["silero.onnx"]} does not exist; get ", output.ToString());
        Assert.Contains("github.com/snakers4/silero-vad", output.ToString());
        Assert.Single(output.ToString().TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void A_network_that_was_named_must_be_there() =>
        Session.Run("--model", _folder["none.onnx"]).AssertFailed($"{_folder["none.onnx"]}: no such file");

    [Fact]
    public void What_is_no_network_is_named_in_one_line()
    {
        string path = _folder.Write("text.onnx", "no network"u8.ToArray());
        Session session = Session.Run("--model", path);
        Assert.Equal((1, ""), (session.ExitCode, session.Output));
        Assert.StartsWith($"{path}: expected an ONNX file; ", session.Error);
        Assert.Single(session.Error.TrimEnd('\n').Split('\n'));
    }

    private static void SkipWithoutModel() => Skip.IfNot(File.Exists(ModelFile.StandardPath), $"no {ModelFile.StandardPath}");

    private static string Beside(string name) => Path.Combine(Path.GetDirectoryName(ModelFile.StandardPath)!, name);
}
