using Fading;
using RnnGen;

namespace Bits;

// A network for each way of computing: what must be the same on every instruction set, and one that need not be.

[Network(20, Deterministic = true)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class Classifier;

[Network(3, Deterministic = true)]
[Gru(33)]
[Dense(1, Activation.Sigmoid)]
internal sealed partial class Detector;

[Network(7, Deterministic = true)]
[Rnn(17, Activation = Activation.Relu)]
[Lstm(20, Peephole = true, Projection = 9)]
internal sealed partial class Projected;

[Network(5, Deterministic = true)]
[Conv1D(16, 3, Activation.Gelu)]
[Gru(12, Direction = Direction.Bidirectional, LayerNorm = true)]
[MeanPool]
[Dense(4, Activation.Softplus)]
internal sealed partial class Convolved;

[Network(130, Deterministic = true)]
[Lstm(150)]
internal sealed partial class Large;

[Network(70, Precision = Precision.BFloat16, Deterministic = true)]
[Lstm(65)]
internal sealed partial class Halves;

[Network(70, Precision = Precision.Int8, Deterministic = true)]
[Gru(64)]
[Dense(3)]
internal sealed partial class Bytes;

[Network(6, Deterministic = true)]
[Fading(21, Memory = 9, LayerNorm = true)]
[Fading(12, Clip = 2, LearnedState = true)]
internal sealed partial class OwnCells;

[Network(20)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
internal sealed partial class Free;
