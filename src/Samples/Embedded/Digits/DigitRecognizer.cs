namespace RnnGen.Samples.Embedded;

/// <summary>
/// The network of the SpokenDigits sample with embedded weights, for inference only. The weights are those that <c>SpokenDigits -- --seed 2</c> writes as
/// digits.raw.safetensors: they take unscaled log-mel features. Every CPU gives the same outputs.
/// </summary>
[Network(20, Weights = "digits.safetensors", Training = false, Deterministic = true)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
[NativeExport("digits")]
public sealed partial class DigitRecognizer;
