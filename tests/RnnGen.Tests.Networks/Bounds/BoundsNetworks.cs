namespace RnnGen.Tests.Bounds;

// Small networks whose layers have, together, each kind of cell at sizes below, at and above those of vectors and blocks.

[Network(3)]
[Rnn(1)]
[Rnn(5)]
[Dense(17, Activation.Tanh)]
public sealed partial class BoundsRnn5;

[Network(1)]
[Rnn(33)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class BoundsRnn33;

[Network(17)]
[Rnn(64)]
[Rnn(9, LayerNorm = true)]
public sealed partial class BoundsRnn64;

[Network(2)]
[Lstm(3)]
[Lstm(5)]
public sealed partial class BoundsLstm5;

[Network(1)]
[Lstm(8)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class BoundsLstm8;

[Network(3)]
[Lstm(16)]
[Dense(4, Activation.Softmax)]
public sealed partial class BoundsLstm16;

[Network(13)]
[Lstm(20)]
public sealed partial class BoundsLstm20;

[Network(8)]
[Lstm(33)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class BoundsLstm33;

[Network(1)]
[Lstm(40)]
public sealed partial class BoundsLstm40;

[Network(16)]
[Lstm(47)]
public sealed partial class BoundsLstm47;

[Network(17)]
[Lstm(65)]
public sealed partial class BoundsLstm65;

[Network(5)]
[Lstm(12, Peephole = true)]
[Lstm(17, Peephole = true)]
public sealed partial class BoundsPeephole;

[Network(3)]
[Lstm(24, Projection = 7)]
[Lstm(9, Projection = 17)]
public sealed partial class BoundsProjection;

[Network(1)]
[Gru(4)]
[Gru(7)]
public sealed partial class BoundsGru7;

[Network(5)]
[Gru(15)]
[Dense(31)]
public sealed partial class BoundsGru15;

[Network(8)]
[Gru(32)]
public sealed partial class BoundsGru32;

[Network(2)]
[Gru(48, Reset = ResetGate.BeforeProduct)]
[Gru(9, Reset = ResetGate.BeforeProduct)]
[Dense(2, Activation.Sigmoid)]
public sealed partial class BoundsGruBefore;

[Network(13)]
[Gru(17, LayerNorm = true)]
[Lstm(7, LayerNorm = true)]
[LastStep]
public sealed partial class BoundsLayerNorm;

[Network(16)]
[Dense(9, Activation.Tanh)]
[Dense(65)]
[Dense(5, Activation.Softmax)]
public sealed partial class BoundsDense;

[Network(OneHot = 13)]
[Embedding(5)]
[Rnn(31)]
public sealed partial class BoundsEmbedding;

[Network(OneHot = 5)]
[Lstm(9)]
[Dense(5)]
public sealed partial class BoundsOneHot;

[Network(3)]
[Conv1D(17, 3, Dilation = 2)]
[Gru(9)]
[MaxPool]
public sealed partial class BoundsConvolution;

[Network(3)]
[Conv1D(17, 4, Dilation = 2, Padding = ConvPadding.Same)]
[Gru(9)]
[Conv1D(5, 3, Padding = ConvPadding.Same)]
public sealed partial class BoundsCentredConvolution;

[Network(5)]
[Lstm(9, Direction = Direction.Bidirectional)]
[Gru(3, Direction = Direction.Reverse)]
[MeanPool]
[Dense(3)]
public sealed partial class BoundsBothWays;

[Network(9)]
[Dropout(0.3f)]
[Lstm(17, RecurrentDropout = 0.4f, LearnedState = true)]
[Dense(9)]
[Skip]
public sealed partial class BoundsDropout;

// Reduced copies of weights, of whole words and with columns over.
[Network(70, Precision = Precision.Int8)]
[Lstm(33)]
[Gru(64)]
public sealed partial class BoundsBytes;

[Network(67, Precision = Precision.BFloat16)]
[Gru(33, Direction = Direction.Bidirectional)]
[Lstm(65, Peephole = true)]
public sealed partial class BoundsHalves;

// Goes several steps of its own sequence at once.
[Network(32)]
[Dense(48, Activation.Tanh)]
[Lstm(16)]
public sealed partial class BoundsAhead;

[Network(5)]
[Dense(9, Activation.Tanh, Name = "in")]
[LayerNorm(Name = "norm")]
[Gru(9, Name = "gru")]
[Activation(Activation.Relu, Name = "relu")]
[Add(From = ["relu", "norm"], Name = "sum")]
[Multiply(From = ["sum", "gru"], Name = "product")]
[Concat(From = ["product", "in"])]
[Dense(3)]
public sealed partial class BoundsGraph;
