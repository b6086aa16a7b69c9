namespace RnnGen.Samples.VoiceActivity;

/// <summary>What the command line asks for.</summary>
/// <param name="Model">Silero's ONNX file; null for where it is expected.</param>
/// <param name="Input">A recording; null for that which lies beside the model.</param>
/// <param name="Folder">Where the plot is written.</param>
internal sealed record Options(string? Model, string? Input, string Folder);
