namespace RnnGen.Tests.Training;

[Network(2)]
[Gru(16)]
[LastStep]
[Dense(4, Activation.Softmax)]
public sealed partial class ToneNetwork;
