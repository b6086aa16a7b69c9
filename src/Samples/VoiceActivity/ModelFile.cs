namespace RnnGen.Samples.VoiceActivity;

/// <summary>Where Silero's network lies, which is not shipped.</summary>
internal static class ModelFile
{
    /// <summary>Where it is expected.</summary>
    public static string StandardPath { get; } = SharedFolder.Get("models", "silero-vad", "silero_vad_16k_op15.onnx");

    /// <summary>What to do where it is not.</summary>
    /// <param name="path">Where it was expected.</param>
    public static string HowToGet(string path) =>
        $"{path} is not there; get src/silero_vad/data/silero_vad_16k_op15.onnx of github.com/snakers4/silero-vad (MIT licence) and name it with --model, "
        + "and a recording of 16000 Hz with --input";
}
