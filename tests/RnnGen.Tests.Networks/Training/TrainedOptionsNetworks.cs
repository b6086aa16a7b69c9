namespace RnnGen.Tests.Training;

[Network(3)]
[Gru(6, LearnedState = true)]
[Dense(4, Activation.Softmax)]
public sealed partial class LearnedStateNetwork;

[Network(3)]
[Gru(6, Name = "first")]
[Gru(6, Name = "both", Direction = Direction.Bidirectional)]
[Dense(4, Activation.Softmax)]
public sealed partial class BothWaysNetwork;

[Network(3)]
[Gru(6)]
[MeanPool]
[Dense(4, Activation.Softmax)]
public sealed partial class PooledNetwork;

[Network(3, Training = false)]
[Dense(4, Activation.Softmax)]
public sealed partial class InferenceNetwork;

[Network(OneHot = 5)]
[Lstm(16)]
[Dense(5, Activation.Softmax)]
public sealed partial class SymbolNetwork;
