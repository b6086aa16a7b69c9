namespace RnnGen.Tests.Training;

[Network(3)]
[Lstm(24, LearnedState = true, RecurrentDropout = 0.2f)]
[Dropout(0.3f)]
[Dense(4, Activation.Softmax)]
public sealed partial class CheckpointedNetwork;
