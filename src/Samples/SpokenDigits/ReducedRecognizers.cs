namespace RnnGen.Samples.SpokenDigits;

/// <summary><see cref="DigitRecognizer"/> with weights of 16 bits, from the same file.</summary>
[Network(20, Precision = Precision.BFloat16, Training = false)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class HalfDigitRecognizer;

/// <summary><see cref="DigitRecognizer"/> with weights of 8 bits, from the same file.</summary>
[Network(20, Precision = Precision.Int8, Training = false)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class ByteDigitRecognizer;
