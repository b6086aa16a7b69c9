using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RnnGen.Formats;

namespace RnnGen.Samples.GuitarAmp.Tests;

public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What Neural Amp Modeler's own core made of a tone.</summary>
    [SkippableTheory]
    [InlineData("BossLSTM-1x16")]
    [InlineData("BossLSTM-2x8")]
    public void Amplifiers_sound_in_blocks_as_their_player_recorded_them(string name)
    {
        string folder = SharedFolder.Get("models", "guitar", "nam");
        Skip.IfNot(Directory.Exists(folder), $"no {folder}");
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name + "_out.f32"))).ToArray();
        WavAudio input = WavReader.Read(Path.Combine(folder, "input.wav"), WavKinds.Any);
        float[] tone = input.Samples[48000..(48000 + expected.Length)]; // behind a second of silence, which the recording has not

        using Amp amp = ReadyAmps.Create(ModelFormats.Read(Path.Combine(folder, name + ".nam")), name);
        float[] output = BlockPlayer.Play(amp, new WavAudio(input.Rate, tone)).Output.Samples;
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - output[i]) <= 2e-5, $"sample {i}: expected {expected[i]}, got {output[i]}");
    }

    [Fact]
    public void A_model_is_played_and_written()
    {
        string model = GuitarMl(units: 8);
        Session session = Session.Run("--model", model, "--out", _folder.Path);
        Assert.Equal((0, ""), (session.ExitCode, session.Error));
        Assert.StartsWith($"{model}: GuitarML JSON; GuitarMlLstm8, 361 parameters\n", session.Output);

        // All weights are 0 but for the output's bias: the guitar, and a constant.
        WavAudio guitar = WavReader.Read(_folder["guitar.wav"], WavKinds.Any), heard = WavReader.Read(_folder["network.wav"], WavKinds.Any);
        Assert.All(guitar.Samples.Zip(heard.Samples), pair => Assert.Equal(pair.First + 0.125f, pair.Second, 1e-4f));
        Picture.AssertPng(_folder["spectrogram.png"], height: 600);
    }

    [Fact]
    public void A_shape_without_a_class_is_refused()
    {
        string model = GuitarMl(units: 3);
        Session session = Session.Run("--model", model);
        Assert.Equal((1, ""), (session.ExitCode, session.Output));
        Assert.StartsWith($"{model}: there is no class for [Lstm(3)] [Dense(1)] [Skip], only for ", session.Error);
    }

    [Fact]
    public void What_is_no_model_is_named_in_one_line()
    {
        string path = _folder.Write("text.nam", "no model"u8.ToArray());
        Session session = Session.Run("--model", path);
        Assert.Equal((1, ""), (session.ExitCode, session.Output));
        Assert.Contains("text.nam", session.Error);
        Assert.Single(session.Error.TrimEnd('\n').Split('\n'));
        Session.Run("--model", _folder["none.nam"]).AssertFailed($"{_folder["none.nam"]}: no such file");
    }

    /// <summary>A file of GuitarML with an LSTM, all weights 0, and an output bias of 1/8.</summary>
    private string GuitarMl(int units)
    {
        float[][] Zeros(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new float[columns])];
        string json = JsonSerializer.Serialize(new
        {
            model_data = new { model = "SimpleRNN", input_size = 1, skip = 1, output_size = 1, unit_type = "LSTM", num_layers = 1, hidden_size = units, bias_fl = true },
            state_dict = new Dictionary<string, object>
            {
                ["rec.weight_ih_l0"] = Zeros(4 * units, 1),
                ["rec.weight_hh_l0"] = Zeros(4 * units, units),
                ["rec.bias_ih_l0"] = new float[4 * units],
                ["rec.bias_hh_l0"] = new float[4 * units],
                ["lin.weight"] = Zeros(1, units),
                ["lin.bias"] = new[] { 0.125f },
            },
        });
        return _folder.Write("amp.json", Encoding.UTF8.GetBytes(json));
    }
}
