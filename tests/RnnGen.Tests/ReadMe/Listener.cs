namespace RnnGen.Tests.ReadMe;

// The network of docs/guides/training.md with several outputs.

[Network(inputSize: 20)]
[Gru(24, Name = "gru")]
[Dense(1, Activation.Sigmoid, Name = "speech", IsOutput = true)]
[Dense(4, Activation.Softmax, Name = "word", From = ["gru"], IsOutput = true)]
public sealed partial class Listener;
