namespace RnnGen.Tests.Onnx;

// One class for each sort of node: its attributes as ours. A node without B has no biases; linear_before_reset = 0, ONNX's default, is the reset gate before
// the product.

[Network(2)]
[Rnn(4, Bias = false)]
public sealed partial class OnnxRnn2x4;

[Network(3)]
[Rnn(5)]
public sealed partial class OnnxRnn3x5;

[Network(5)]
[Rnn(8)]
public sealed partial class OnnxRnn5x8;

[Network(3)]
[Rnn(6, Direction = Direction.Reverse)]
public sealed partial class OnnxReverseRnn3x6;

[Network(3)]
[Rnn(6, Direction = Direction.Bidirectional)]
public sealed partial class OnnxBidirectionalRnn3x6;

[Network(2)]
[Lstm(3, Bias = false)]
public sealed partial class OnnxLstm2x3;

[Network(2)]
[Lstm(7, Bias = false)]
public sealed partial class OnnxLstm2x7;

[Network(3)]
[Lstm(4)]
public sealed partial class OnnxLstm3x4;

[Network(3)]
[Lstm(17, Bias = false)]
public sealed partial class OnnxLstm3x17;

[Network(5)]
[Lstm(8)]
public sealed partial class OnnxLstm5x8;

[Network(4)]
[Lstm(3, Peephole = true)]
public sealed partial class OnnxPeepholeLstm4x3;

[Network(4)]
[Lstm(5, Peephole = true)]
public sealed partial class OnnxPeepholeLstm4x5;

[Network(4)]
[Lstm(6, GateActivation = Activation.HardSigmoidOnnx)]
public sealed partial class OnnxHardLstm4x6;

[Network(4)]
[Lstm(9, Direction = Direction.Reverse)]
public sealed partial class OnnxReverseLstm4x9;

[Network(3)]
[Lstm(6, Direction = Direction.Reverse)]
public sealed partial class OnnxReverseLstm3x6;

[Network(5)]
[Lstm(7, Direction = Direction.Bidirectional)]
public sealed partial class OnnxBidirectionalLstm5x7;

[Network(3)]
[Lstm(6, Direction = Direction.Bidirectional)]
public sealed partial class OnnxBidirectionalLstm3x6;

[Network(2)]
[Gru(6, Reset = ResetGate.BeforeProduct, Bias = false)]
public sealed partial class OnnxGru2x6;

[Network(2)]
[Gru(5, Reset = ResetGate.BeforeProduct, Bias = false)]
public sealed partial class OnnxGru2x5;

[Network(3)]
[Gru(5, Reset = ResetGate.BeforeProduct)]
public sealed partial class OnnxGru3x5;

[Network(3)]
[Gru(3, Reset = ResetGate.BeforeProduct)]
public sealed partial class OnnxGru3x3;

[Network(5)]
[Gru(8, Reset = ResetGate.BeforeProduct)]
public sealed partial class OnnxGru5x8;

[Network(5)]
[Gru(8)]
public sealed partial class OnnxGruAfter5x8;

[Network(3)]
[Gru(17)]
public sealed partial class OnnxGruAfter3x17;

[Network(4)]
[Gru(6, Reset = ResetGate.BeforeProduct, GateActivation = Activation.HardSigmoidOnnx)]
public sealed partial class OnnxHardGru4x6;

[Network(4)]
[Gru(6, Reset = ResetGate.BeforeProduct, CandidateActivation = Activation.Relu)]
public sealed partial class OnnxReluGru4x6;

[Network(3)]
[Gru(6, Direction = Direction.Reverse)]
public sealed partial class OnnxReverseGruAfter3x6;

[Network(3)]
[Gru(6, Reset = ResetGate.BeforeProduct, Direction = Direction.Bidirectional)]
public sealed partial class OnnxBidirectionalGru3x6;
