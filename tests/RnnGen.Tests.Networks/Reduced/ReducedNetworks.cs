namespace RnnGen.Tests.Reduced;

// The same networks in all precisions.

[Network(20, Precision = Precision.Float32)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class ClassifierExact;

[Network(20, Precision = Precision.BFloat16)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class ClassifierHalf;

[Network(20, Precision = Precision.Int8)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class ClassifierByte;

[Network(20, Precision = Precision.Float32)]
[Lstm(40, Peephole = true, Projection = 24, CellClip = 3f)]
[Gru(40, Reset = ResetGate.BeforeProduct, LearnedState = true)]
[Dense(33, Activation.Relu)]
public sealed partial class OptionsExact;

[Network(20, Precision = Precision.BFloat16)]
[Lstm(40, Peephole = true, Projection = 24, CellClip = 3f)]
[Gru(40, Reset = ResetGate.BeforeProduct, LearnedState = true)]
[Dense(33, Activation.Relu)]
public sealed partial class OptionsHalf;

[Network(20, Precision = Precision.Int8)]
[Lstm(40, Peephole = true, Projection = 24, CellClip = 3f)]
[Gru(40, Reset = ResetGate.BeforeProduct, LearnedState = true)]
[Dense(33, Activation.Relu)]
public sealed partial class OptionsByte;

[Network(20, Precision = Precision.Float32)]
[Gru(40, Direction = Direction.Bidirectional)]
[Lstm(40, Direction = Direction.Bidirectional, Merge = Merge.Sum, LayerNorm = true)]
[Dense(5)]
public sealed partial class BothWaysExact;

[Network(20, Precision = Precision.BFloat16)]
[Gru(40, Direction = Direction.Bidirectional)]
[Lstm(40, Direction = Direction.Bidirectional, Merge = Merge.Sum, LayerNorm = true)]
[Dense(5)]
public sealed partial class BothWaysHalf;

[Network(20, Precision = Precision.Int8)]
[Gru(40, Direction = Direction.Bidirectional)]
[Lstm(40, Direction = Direction.Bidirectional, Merge = Merge.Sum, LayerNorm = true)]
[Dense(5)]
public sealed partial class BothWaysByte;

[Network(OneHot = 65, Precision = Precision.Float32)]
[Lstm(64)]
[Dense(65, Activation.Softmax)]
public sealed partial class ClassesExact;

[Network(OneHot = 65, Precision = Precision.BFloat16)]
[Lstm(64)]
[Dense(65, Activation.Softmax)]
public sealed partial class ClassesHalf;

[Network(OneHot = 65, Precision = Precision.Int8)]
[Lstm(64)]
[Dense(65, Activation.Softmax)]
public sealed partial class ClassesByte;

[Network(16, Precision = Precision.Float32)]
[Conv1D(40, 3, Activation.Relu)]
[Gru(40, LayerNorm = true)]
[MeanPool]
[Dense(10, Activation.Sigmoid)]
public sealed partial class ConvolvedExact;

[Network(16, Precision = Precision.BFloat16)]
[Conv1D(40, 3, Activation.Relu)]
[Gru(40, LayerNorm = true)]
[MeanPool]
[Dense(10, Activation.Sigmoid)]
public sealed partial class ConvolvedHalf;

[Network(16, Precision = Precision.Int8)]
[Conv1D(40, 3, Activation.Relu)]
[Gru(40, LayerNorm = true)]
[MeanPool]
[Dense(10, Activation.Sigmoid)]
public sealed partial class ConvolvedByte;

[Network(20, MaskedState = MaskedState.Reset, Precision = Precision.Float32)]
[Rnn(64)]
[Rnn(40, Activation = Activation.Relu)]
public sealed partial class ResettingExact;

[Network(20, MaskedState = MaskedState.Reset, Precision = Precision.BFloat16)]
[Rnn(64)]
[Rnn(40, Activation = Activation.Relu)]
public sealed partial class ResettingHalf;

[Network(20, MaskedState = MaskedState.Reset, Precision = Precision.Int8)]
[Rnn(64)]
[Rnn(40, Activation = Activation.Relu)]
public sealed partial class ResettingByte;
