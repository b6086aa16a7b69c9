namespace RnnGen.Tests.Numerics;

// The networks of the golden files: one layer of each kind and size, stacks with a head, and those of the training runs.

[Network(1)]
[Rnn(8)]
public sealed partial class RnnTanh1x8;

[Network(1)]
[Rnn(8, Activation = Activation.Relu)]
public sealed partial class RnnRelu1x8;

[Network(1)]
[Lstm(8)]
public sealed partial class Lstm1x8;

[Network(1)]
[Gru(8)]
public sealed partial class Gru1x8;

[Network(3)]
[Rnn(5)]
public sealed partial class RnnTanh3x5;

[Network(3)]
[Rnn(5, Activation = Activation.Relu)]
public sealed partial class RnnRelu3x5;

[Network(3)]
[Lstm(5)]
public sealed partial class Lstm3x5;

[Network(3)]
[Gru(5)]
public sealed partial class Gru3x5;

[Network(16)]
[Rnn(16)]
public sealed partial class RnnTanh16x16;

[Network(16)]
[Rnn(16, Activation = Activation.Relu)]
public sealed partial class RnnRelu16x16;

[Network(16)]
[Lstm(16)]
public sealed partial class Lstm16x16;

[Network(16)]
[Gru(16)]
public sealed partial class Gru16x16;

[Network(40)]
[Rnn(64)]
public sealed partial class RnnTanh40x64;

[Network(40)]
[Rnn(64, Activation = Activation.Relu)]
public sealed partial class RnnRelu40x64;

[Network(40)]
[Lstm(64)]
public sealed partial class Lstm40x64;

[Network(40)]
[Gru(64)]
public sealed partial class Gru40x64;

[Network(17)]
[Rnn(33)]
public sealed partial class RnnTanh17x33;

[Network(17)]
[Rnn(33, Activation = Activation.Relu)]
public sealed partial class RnnRelu17x33;

[Network(17)]
[Lstm(33)]
public sealed partial class Lstm17x33;

[Network(17)]
[Gru(33)]
public sealed partial class Gru17x33;

[Network(64)]
[Rnn(128)]
public sealed partial class RnnTanh64x128;

[Network(64)]
[Rnn(128, Activation = Activation.Relu)]
public sealed partial class RnnRelu64x128;

[Network(64)]
[Lstm(128)]
public sealed partial class Lstm64x128;

[Network(64)]
[Gru(128)]
public sealed partial class Gru64x128;

[Network(12)]
[Gru(24)]
[Gru(24)]
public sealed partial class GruStack;

[Network(12)]
[Gru(24)]
[Gru(24)]
[Dense(5, Activation.Softmax)]
public sealed partial class GruStackHead;

[Network(12)]
[Gru(24)]
[Gru(24)]
[LastStep]
[Dense(5, Activation.Softmax)]
public sealed partial class GruStackLastHead;

[Network(8)]
[Lstm(16)]
[Lstm(16)]
[Lstm(16)]
public sealed partial class LstmStack;

[Network(8)]
[Lstm(16)]
[Lstm(16)]
[Lstm(16)]
[Dense(5, Activation.Softmax)]
public sealed partial class LstmStackHead;

[Network(8)]
[Lstm(16)]
[Lstm(16)]
[Lstm(16)]
[LastStep]
[Dense(5, Activation.Softmax)]
public sealed partial class LstmStackLastHead;

[Network(10)]
[Lstm(20, Direction = Direction.Bidirectional)]
public sealed partial class LstmBidirectional;

[Network(10)]
[Lstm(20, Direction = Direction.Bidirectional)]
[Dense(5, Activation.Softmax)]
public sealed partial class LstmBidirectionalHead;

[Network(10)]
[Gru(20, Direction = Direction.Bidirectional)]
[Gru(20, Direction = Direction.Bidirectional)]
public sealed partial class GruBidirectionalStack;

[Network(10)]
[Gru(20, Direction = Direction.Bidirectional)]
[Gru(20, Direction = Direction.Bidirectional)]
[Dense(5, Activation.Softmax)]
public sealed partial class GruBidirectionalStackHead;

[Network(6)]
[Rnn(12, Direction = Direction.Bidirectional)]
[Rnn(12, Direction = Direction.Bidirectional)]
public sealed partial class RnnBidirectionalStack;

[Network(6)]
[Rnn(12, Direction = Direction.Bidirectional)]
[Rnn(12, Direction = Direction.Bidirectional)]
[Dense(5, Activation.Softmax)]
public sealed partial class RnnBidirectionalStackHead;

[Network(5)]
[Lstm(12)]
[Dense(4)]
public sealed partial class TruncatedLstm;

[Network(6)]
[Rnn(14)]
[Dense(4, Activation.Softmax)]
public sealed partial class TrainedRnn;

[Network(6)]
[Lstm(14)]
[Dense(4, Activation.Softmax)]
public sealed partial class TrainedLstm;

[Network(6)]
[Gru(14)]
[Dense(4, Activation.Softmax)]
public sealed partial class TrainedGru;
