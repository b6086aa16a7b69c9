using System.Runtime.InteropServices;
using RnnGen.Cli.Verification;
using RnnGen.Formats.Onnx;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>ONNX files that others wrote: what they were recorded to give, or why they are refused.</summary>
public sealed class SharedOnnxTests
{
    [SkippableFact]
    public void Dtln_s_first_network_gives_its_masks()
    {
        using Imported dtln = Imported.Shared("models", "dtln", "model_1.onnx");
        float[] masks = Floats("models", "dtln", "masks_200x257.f32");
        ModelVerifier.Compare("masks", Array.ConvertAll(masks, value => (double)value), dtln.Network.Run(Floats("models", "dtln", "magnitudes_200x257.f32")), 1e-5);
        Assert.Equal(["Lstm(128)", "Lstm(128)", "Dense(257, Activation.Sigmoid)"], Layers(dtln.Model));
        Assert.Equal("ONNX MatMul \"dense_2\", Add \"Add\", Sigmoid \"Sigmoid\"", dtln.Model.Layers[2].Comment);
    }

    [SkippableFact]
    public void Dtln_s_second_network_has_its_cells_written_out()
    {
        using Imported dtln = Imported.Shared("models", "dtln", "model_2.onnx");
        Assert.Equal(2, dtln.Model.Layers.Count(layer => layer.Attribute is LstmAttribute { Units: 128 }));
        Assert.Equal((512, 512), (dtln.Model.InputSize, dtln.Model.OutputSize));
        GraphInterpreter.AssertAgrees(File.ReadAllBytes(SharedFolder.Get("models", "dtln", "model_2.onnx")), dtln.Model, input => dtln.Network.Run(input), steps: 3, tolerance: 1e-5);
    }

    [SkippableFact]
    public void Tract_s_sentence_splitter_gives_what_was_recorded()
    {
        string folder = SharedFolder.Get("models", "tract", "onnx", "test_cases", "byte_sb_bidi_lstm");
        using Imported splitter = Imported.Shared("models", "tract", "onnx", "test_cases", "byte_sb_bidi_lstm", "model.onnx");
        Assert.True(splitter.Model.IsOneHot);
        using var io = System.IO.Compression.ZipFile.OpenRead(Path.Combine(folder, "io.npz"));
        (int[] shape, byte[] text) = Npy(io.GetEntry("input.npy")!);
        (_, byte[] output) = Npy(io.GetEntry("Add_26.npy")!);
        float[] expected = MemoryMarshal.Cast<byte, float>(output).ToArray();
        for (int sequence = 0; sequence < shape[0]; sequence++)
        {
            float[] input = Array.ConvertAll(text[(sequence * shape[1])..((sequence + 1) * shape[1])], value => (float)value);
            double[] ours = Array.ConvertAll(expected[(sequence * shape[1] * 2)..((sequence + 1) * shape[1] * 2)], value => (double)value);
            ModelVerifier.Compare($"sequence {sequence}", ours, splitter.Network.Run(input), 1e-5);
        }
    }

    [SkippableFact]
    public void An_LSTM_of_8_bit_integers_in_a_Scan_is_refused()
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(SharedFolder.Get("models", "tract", "onnx", "test_cases", "qlstm_3-2-3_T3_S1", "model.onnx")));
        Assert.Equal("QuantizeLinear", refusal.Operation);
        Assert.Equal("lstm1.preaffineq7.output", refusal.Layer);
    }

    [SkippableFact]
    public void Silero_as_a_whole_is_refused_and_a_part_is_named()
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx")));
        Assert.Equal(("Pad", "/model/stft/padding/Pad"), (refusal.Operation, refusal.Layer));
        Assert.Equal("The nodes \"/model/decoder/Squeeze\" to \"/model/Unsqueeze\" can be read (--subgraph /model/decoder/Squeeze../model/Unsqueeze)", refusal.Possible);
    }

    [SkippableFact]
    public void Silero_s_decoder_gives_the_recorded_probabilities()
    {
        byte[] file = File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx"));
        ModelDescription model = ModelFormats.Read(new ModelFile("silero", file), new ImportOptions { Subgraph = ("/model/decoder/Squeeze", "/model/decoder/decoder/3/Sigmoid") });
        Assert.Equal(["Lstm(128)", "Activation(Activation.Relu)", "Dense(1, Activation.Sigmoid)"], Layers(model));
        using Imported decoder = Imported.Of(model);
        const int chunks = 200;
        float[] expected = Floats("models", "silero-vad", "silero_vad_16k_op15_test_wav_probs_512.f32")[..chunks];
        float[] frames = SileroEncoder.Encode(OnnxModelReader.Read(file), File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "test.wav")), chunks);
        ModelVerifier.Compare("probabilities", Array.ConvertAll(expected, value => (double)value), decoder.Network.Run(frames), 2e-5);
    }

    [SkippableFact]
    public void A_strided_convolution_is_refused_by_its_stride()
    {
        var part = new ImportOptions { Subgraph = ("/model/encoder/1/reparam_conv/Conv", "/model/encoder/3/activation/Relu") };
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx"), part));
        Assert.Contains("its stride is 2, expected 1", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The names of attributes of all layers, as they are written.</summary>
    internal static string[] Layers(ModelDescription model) => [.. model.Layers.Select(layer => AttributeText.Of(layer.Attribute))];

    internal static float[] Floats(params string[] path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedFolder.Get(path))).ToArray();

    /// <summary>An array of NumPy's format: a header that says its shape, and values.</summary>
    private static (int[] Shape, byte[] Values) Npy(System.IO.Compression.ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        byte[] file = memory.ToArray();
        int start = 10 + BitConverter.ToUInt16(file, 8);
        string header = System.Text.Encoding.ASCII.GetString(file, 10, start - 10);
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        string shape = header[(header.IndexOf('(', StringComparison.Ordinal) + 1)..header.IndexOf(')', StringComparison.Ordinal)];
        return ([.. shape.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], file[start..]);
    }
}
