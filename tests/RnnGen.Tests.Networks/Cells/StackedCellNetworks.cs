namespace RnnGen.Tests.Cells;

// Cells of the tests' own among shipped layers, and those that are trained.

[Network(4)]
[Gru(6)]
[Blend(12, RecurrentDropout = 0.25f, LearnedState = true)]
[Dropout(0.1f)]
[Store(8, 5)]
[Dense(3, Activation.Softmax)]
public sealed partial class StackedCells;

[Network(4)]
[Conv1D(8, 3, Activation.Relu)]
[Store(6, 9, Direction = Direction.Bidirectional, RecurrentDropout = 0.25f)]
[LastStep]
[Dense(2, Activation.Softmax)]
public sealed partial class CellClassifier;

[Network(8)]
[Blend(8, RecurrentDropout = 0.5f)]
public sealed partial class DroppedBlend;

[Network(8)]
[Blend(8)]
public sealed partial class PlainBlend;

[Network(80)]
[Store(96, 64)]
[Dense(4)]
public sealed partial class LargeStore;

[Network(80, Precision = Precision.BFloat16, Training = false)]
[Store(96, 64)]
[Dense(4)]
public sealed partial class HalfStore;

[Network(80, Precision = Precision.Int8, Training = false)]
[Store(96, 64)]
[Dense(4)]
public sealed partial class ByteStore;

[Network(3)]
[Vocabulary.Lstm(5, Peephole = true, CoupledGates = true, Projection = 3, CellClip = 0.8f, LearnedState = true)]
[Vocabulary.Gru(4, Reset = ResetGate.BeforeProduct, LayerNorm = true, Direction = Direction.Bidirectional, RecurrentDropout = 0.3f)]
[Vocabulary.Lstm(6, ForgetBias = 1.5f)]
[Vocabulary.Rnn(4, Activation = Activation.Elu, ActivationAlpha = 0.5f)]
public sealed partial class OwnLayers;

[Network(3)]
[Lstm(5, Peephole = true, CoupledGates = true, Projection = 3, CellClip = 0.8f, LearnedState = true)]
[Gru(4, Reset = ResetGate.BeforeProduct, LayerNorm = true, Direction = Direction.Bidirectional, RecurrentDropout = 0.3f)]
[Lstm(6, ForgetBias = 1.5f)]
[Rnn(4, Activation = Activation.Elu, ActivationAlpha = 0.5f)]
public sealed partial class ShippedLayers;
