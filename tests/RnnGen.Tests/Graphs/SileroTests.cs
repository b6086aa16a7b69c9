using System.Runtime.InteropServices;
using RnnGen.Tests.Onnx;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Graphs;

/// <summary>
/// Silero VAD on a minute of speech: an encoder of convolutions that see both sides, and a decoder that goes from chunk to chunk, against the probabilities and
/// states that ONNX Runtime computed. Between the networks, the test takes every other step where the model has a stride.
/// </summary>
public sealed class SileroTests
{
    private const int Chunk = 512, Context = 64, Window = 256, Hop = 128, Bins = 129, Frames = 4, Units = 128;

    /// <summary>Of a probability; ONNX Runtime's own rounding is a good part of it.</summary>
    private const float Tolerance = 2e-5f;

    private static readonly Lazy<Dictionary<string, float[]>> Tensors = new(() => ProtobufReader.Initializers(
        File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx"))).ToDictionary(pair => pair.Name, pair => pair.Tensor.Values));

    private static readonly Lazy<float[]> Encoded = new(Encode);

    [SkippableFact]
    public void Probabilities_and_states_are_those_of_ONNX_Runtime()
    {
        float[] expected = Recorded("silero_vad_16k_op15_test_wav_probs_512.f32"), expectedStates = Recorded("silero_vad_16k_op15_test_wav_states_every25.f32");
        float[] encoded = Encoded.Value;
        using SileroDecoder decoder = Decoder();
        float[] probability = new float[1], state = new float[SileroDecoder.StateSize];
        Assert.Equal((expected.Length * Units, expected.Length / 25 * state.Length), (encoded.Length, expectedStates.Length));
        for (int chunk = 0; chunk < expected.Length; chunk++)
        {
            decoder.Step(encoded.AsSpan(chunk * Units, Units), probability);
            Assert.True(Math.Abs(expected[chunk] - probability[0]) <= Tolerance, $"chunk {chunk}: expected {expected[chunk]}, got {probability[0]}");
            if ((chunk + 1) % 25 != 0)
                continue;
            decoder.CopyStateTo(state);
            float[] left = expectedStates[(chunk / 25 * state.Length)..((chunk / 25 + 1) * state.Length)];
            for (int unit = 0; unit < state.Length; unit++)
                Assert.True(Math.Abs(left[unit] - state[unit]) <= 10 * Tolerance, $"chunk {chunk}, state {unit}: expected {left[unit]}, got {state[unit]}");
        }
    }

    [SkippableFact]
    public void A_run_of_the_decoder_has_the_bits_of_steps()
    {
        float[] encoded = Encoded.Value;
        using SileroDecoder decoder = Decoder();
        float[] stepped = new float[encoded.Length / Units], run = new float[stepped.Length];
        for (int chunk = 0; chunk < stepped.Length; chunk++)
            decoder.Step(encoded.AsSpan(chunk * Units, Units), stepped.AsSpan(chunk, 1));
        decoder.Predict(encoded, run);
        Numbers.AssertSameBits(stepped, run);
    }

    private static SileroDecoder Decoder()
    {
        var decoder = new SileroDecoder(seed: 1);
        foreach (string parameter in new[] { "weight_ih", "weight_hh", "bias_ih", "bias_hh" })
            decoder.Parameters["rnn." + parameter].Set(Tensors.Value["model.decoder.rnn." + parameter]);
        foreach (string parameter in new[] { "weight", "bias" })
            decoder.Parameters["decoder." + parameter].Set(Tensors.Value["model.decoder.decoder.2." + parameter]);
        return decoder;
    }

    /// <summary>[chunks, 128]: the spectra of each chunk through four convolutions, the second and third of stride 2.</summary>
    private static float[] Encode()
    {
        float[] samples = Samples();
        float[][] chunks = [.. Enumerable.Range(0, samples.Length / Chunk).Select(chunk => Spectra(samples, chunk))];
        chunks = Convolve<SileroEncoder0>(0, chunks, stride: 1);
        chunks = Convolve<SileroEncoder1>(1, chunks, stride: 2);
        chunks = Convolve<SileroEncoder2>(2, chunks, stride: 2);
        return [.. Convolve<SileroEncoder3>(3, chunks, stride: 1).SelectMany(chunk => chunk)];
    }

    /// <summary>All chunks as the sequences of one batch.</summary>
    private static float[][] Convolve<TNetwork>(int layer, float[][] chunks, int stride)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(seed: 1);
        foreach (string parameter in new[] { "weight", "bias" })
            network.Parameters["encoder." + parameter].Set(Tensors.Value[$"model.encoder.{layer}.reparam_conv.{parameter}"]);
        var batch = SequenceBatch.Pad(chunks, TNetwork.InputSize, Padding.Trailing);
        float[] outputs = new float[batch.Steps * chunks.Length * TNetwork.OutputSize];
        network.Run(batch, outputs);
        return [.. Enumerable.Range(0, chunks.Length).Select(chunk => Enumerable.Range(0, batch.Steps).Where(step => step % stride == 0)
            .SelectMany(step => outputs.AsSpan(((step * chunks.Length) + chunk) * TNetwork.OutputSize, TNetwork.OutputSize).ToArray()).ToArray())];
    }

    /// <summary>The magnitudes of a chunk's four windows: 64 samples from before it, the chunk, and its last 64 samples mirrored.</summary>
    private static float[] Spectra(float[] samples, int chunk)
    {
        double[] heard = [.. Enumerable.Range((chunk * Chunk) - Context, Context + Chunk).Select(at => at < 0 ? 0.0 : samples[at])];
        double[] mirrored = [.. heard, .. Enumerable.Range(2, Context).Select(back => heard[^back])];
        float[] basis = Tensors.Value["model.stft.forward_basis_buffer"];
        float[] spectra = new float[Frames * Bins];
        for (int frame = 0; frame < Frames; frame++)
            for (int bin = 0; bin < Bins; bin++)
                spectra[(frame * Bins) + bin] = (float)double.Hypot(Part(frame, bin), Part(frame, Bins + bin));
        return spectra;

        double Part(int frame, int row)
        {
            double sum = 0;
            for (int sample = 0; sample < Window; sample++)
                sum += basis[(row * Window) + sample] * mirrored[(frame * Hop) + sample];
            return sum;
        }
    }

    /// <summary>The samples of the recording: 16 bits, one channel, behind a header of 44 bytes.</summary>
    private static float[] Samples()
    {
        byte[] file = File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "test.wav"));
        Assert.Equal("data"u8, file.AsSpan(36, 4));
        return Array.ConvertAll(MemoryMarshal.Cast<byte, short>(file.AsSpan(44)).ToArray(), sample => sample / 32768f);
    }

    private static float[] Recorded(string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", name))).ToArray();
}
