namespace RnnGen.Samples.SpokenDigits;

/// <summary>Hears 20 log-mel bands per 10 ms and says how likely each of the ten digits is.</summary>
[Network(20)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitRecognizer;
