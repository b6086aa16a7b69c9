namespace RnnGen.Tests.Weights;

/// <summary>
/// The network whose files lie beside this one. They were written when files did not yet say what their network computes; it must stay as it is, its name too.
/// </summary>
[Network(3)]
[Lstm(4, Peephole = true, LearnedState = true, RecurrentDropout = 0.2f)]
[Dropout(0.25f)]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class EarlierNetwork;
