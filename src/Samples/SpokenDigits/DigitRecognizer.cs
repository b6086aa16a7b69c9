namespace RnnGen.Samples.SpokenDigits;

/// <summary>Reads 20 log-mel bands per 10 ms and outputs the probability of each of the ten digits.</summary>
[Network(20)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class DigitRecognizer;
