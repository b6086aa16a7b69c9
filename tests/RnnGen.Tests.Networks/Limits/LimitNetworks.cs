namespace RnnGen.Tests.Limits;

// Networks whose memory grows with their sequences.

/// <summary>Keeps 16 floats of each step for its later passes.</summary>
[Network(1, Training = false)]
[Gru(4, Direction = Direction.Bidirectional)]
[Gru(4, Direction = Direction.Bidirectional)]
[Dense(1)]
public sealed partial class LongBothWays;

/// <summary>Keeps so much of each step that 16 sequences of 400,000 steps do not fit into an array.</summary>
[Network(1, Training = false)]
[Dense(352, Activation.Tanh)]
[Rnn(1, Direction = Direction.Reverse)]
[NativeExport("wide_kept")]
public sealed partial class WideKept;

/// <summary>Has padded rows, states at both ends and gradients of all kinds.</summary>
[Network(3)]
[Gru(5, Direction = Direction.Bidirectional)]
[Lstm(6, LayerNorm = true)]
[Dense(3, Activation.Softmax)]
public sealed partial class TrainedBothWays;

/// <summary>A tape of it needs so much a step that few steps are too many.</summary>
[Network(1)]
[Dense(700, Activation.Tanh)]
[Dense(1)]
public sealed partial class WideTrained;

/// <summary>Its classes are tokens, its answers one a sequence.</summary>
[Network(OneHot = 5, Training = false)]
[Gru(3)]
[Dense(5)]
public sealed partial class LimitClasses;

/// <summary>Runs on its own outputs.</summary>
[Network(1)]
[Dense(1)]
public sealed partial class LimitLinear;
