namespace RnnGen.Samples.Embedded;

/// <summary>
/// The network of the SpokenDigits sample with its weights inside, for listening only. The weights are those that <c>SpokenDigits -- --seed 2</c> writes as
/// digits.raw.safetensors: they take log-mel features as they are, without a scale. Every CPU gives the same answers.
/// </summary>
[Network(20, Weights = "digits.safetensors", Training = false, Deterministic = true)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
[NativeExport("digits")]
public sealed partial class DigitRecognizer;
