namespace RnnGen.Samples.VoiceActivity;

/// <summary>The path of Silero's network, which is not shipped.</summary>
internal static class ModelFile
{
    /// <summary>Where it is expected.</summary>
    public static string StandardPath { get; } = SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx");

    /// <summary>What to do if it is not there.</summary>
    /// <param name="path">Where it was expected.</param>
    public static string HowToGet(string path) =>
        $"{path} does not exist; get src/silero_vad/data/silero_vad_16k_op15.onnx of github.com/snakers4/silero-vad (MIT licence) and name it with --model, "
        + "and a recording of 16000 Hz with --input";
}
