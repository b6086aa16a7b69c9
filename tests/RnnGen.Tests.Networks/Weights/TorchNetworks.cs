namespace RnnGen.Tests.Weights;

// What PyTorch's modules are loaded into.

[Network(5, Training = false)]
[Lstm(6)]
[Lstm(6)]
[Lstm(6)]
[Gru(4, Direction = Direction.Bidirectional)]
[Dense(8, Activation.Relu)]
[Dense(8, Activation.Relu)]
[Dense(8)]
public sealed partial class TorchNetwork;

/// <summary>The same with layers named after modules, in another order than their names have.</summary>
[Network(5, Training = false)]
[Lstm(6)]
[Lstm(6)]
[Lstm(6)]
[Gru(4, Direction = Direction.Bidirectional)]
[Dense(8, Activation.Relu)]
[Dense(8, Activation.Relu, Name = "wide")]
[Dense(8, Name = "narrow")]
public sealed partial class NamedTorchNetwork;

[Network(3, Training = false)]
[Gru(4, Reset = ResetGate.BeforeProduct)]
public sealed partial class EarlyResetNetwork;
