using RnnGen.Cli.Compilation;
using RnnGen.Formats.Onnx;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>What weights of 8 bits cost the outputs of networks that others trained.</summary>
public sealed class ReducedPrecisionTests
{
    /// <summary>Its features are magnitudes of spectra, the largest of them thousands of times the others.</summary>
    [SkippableFact]
    public void Masks_of_Dtln_are_near_those_of_floats()
    {
        ModelDescription model = ModelFormats.Read(SharedFolder.Get("models", "dtln", "model_1.onnx"));
        using CompiledNetwork network = Reduced(model);
        float[] masks = network.Network.Run(SharedOnnxTests.Floats("models", "dtln", "magnitudes_200x257.f32"));
        float error = masks.Zip(SharedOnnxTests.Floats("models", "dtln", "masks_200x257.f32"), (mask, expected) => Math.Abs(mask - expected)).Max();
        Assert.InRange(error, 1e-5, 0.05);
    }

    [SkippableFact]
    public void No_decision_of_Silero_flips_that_floats_hold_by_more_than_a_fiftieth()
    {
        byte[] file = File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx"));
        ModelDescription model = ModelFormats.Read(new ModelFile("silero", file), new ImportOptions { Subgraph = ("/model/decoder/Squeeze", "/model/decoder/decoder/3/Sigmoid") });
        float[] expected = SharedOnnxTests.Floats("models", "silero-vad", "silero_vad_16k_op15_test_wav_probs_512.f32");
        float[] frames = SileroEncoder.Encode(OnnxModelReader.Read(file), File.ReadAllBytes(SharedFolder.Get("models", "silero-vad", "test.wav")), expected.Length);
        using CompiledNetwork network = Reduced(model);
        float[] probabilities = network.Network.Run(frames);
        Assert.DoesNotContain(
            Enumerable.Range(0, expected.Length), chunk => Math.Abs(expected[chunk] - 0.5f) > 0.02f && (expected[chunk] > 0.5f) != (probabilities[chunk] > 0.5f));
        Assert.InRange(probabilities.Zip(expected, (probability, other) => Math.Abs(probability - other)).Max(), 1e-5, 0.02);
    }

    private static CompiledNetwork Reduced(ModelDescription model)
    {
        string exact = $"[Network({AttributeText.Literal(model.InputSize)}", source = CompiledNetwork.Source(model);
        Assert.Contains(exact, source, StringComparison.Ordinal);
        CompiledNetwork network = CompiledNetwork.Load(model, SourceCompiler.Compile(source.Replace(exact, exact + ", Precision = Precision.Int8", StringComparison.Ordinal)));
        Assert.Contains(network.Network.Layout.Reduced, product => product.Panels.Any(panel => panel.Format == Precision.Int8));
        return network;
    }
}
