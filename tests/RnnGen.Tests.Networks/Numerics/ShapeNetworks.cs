namespace RnnGen.Tests.Numerics;

// Networks of every kind of layer, order and head, with sizes around those of vectors and tiles. Each has the tests of NetworkTests<TNetwork>.

[Network(1)]
[Rnn(1)]
public sealed partial class RnnOfOne;

[Network(7)]
[Rnn(3, Activation = Activation.Relu)]
[Dense(17, Activation.Relu)]
public sealed partial class ReluRnnWithReluHead;

[Network(257)]
[Rnn(33)]
public sealed partial class RnnOfManyInputs;

[Network(3)]
[Rnn(257, Activation = Activation.Relu)]
[LastStep]
public sealed partial class ReluRnnToLast;

[Network(33)]
[Lstm(1)]
[Dense(1, Activation.Sigmoid)]
public sealed partial class LstmOfOne;

[Network(1)]
[Lstm(7)]
public sealed partial class LstmOfOneInput;

[Network(17)]
[Lstm(100)]
[LastStep]
[Dense(10, Activation.Softmax)]
public sealed partial class LstmClassifier;

[Network(100)]
[Lstm(257)]
[Dense(3, Activation.Tanh)]
public sealed partial class LargeLstm;

[Network(3)]
[Lstm(33)]
[LastStep]
public sealed partial class LstmToLast;

[Network(1)]
[Gru(3)]
[Dense(7)]
public sealed partial class GruWithLinearHead;

[Network(7)]
[Gru(1)]
public sealed partial class GruOfOne;

[Network(17)]
[Gru(17)]
[LastStep]
[Dense(33, Activation.Tanh)]
[Dense(1)]
public sealed partial class ManyHeads;

[Network(257)]
[Gru(100)]
[Dense(257, Activation.Softmax)]
public sealed partial class LargeSoftmax;

[Network(33)]
[Gru(257)]
[LastStep]
[Dense(7, Activation.Sigmoid)]
public sealed partial class LargeGru;

[Network(7)]
[Gru(17)]
[Lstm(33)]
[Dense(3)]
public sealed partial class TwoKinds;

[Network(33)]
[Lstm(100)]
[Gru(33)]
[Rnn(1)]
public sealed partial class ThreeLayers;

[Network(17)]
[Dense(33, Activation.Tanh)]
[Lstm(17)]
[Dense(7, Activation.Softmax)]
public sealed partial class DenseFirst;

[Network(3)]
[Rnn(17)]
[Dense(100, Activation.Relu)]
[Gru(7)]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class DenseBetween;

[Network(7)]
[Dense(33, Activation.Sigmoid)]
[Dense(17)]
public sealed partial class DenseOnly;

[Network(100)]
[Dense(1, Activation.Relu)]
public sealed partial class OneDense;

[Network(3)]
[Dense(7, Activation.Tanh)]
[LastStep]
[Dense(33)]
public sealed partial class DenseThenLast;

[Network(7)]
[Gru(3)]
[Dense(17, Activation.Sigmoid)]
[LastStep]
public sealed partial class HeadThenLast;

[Network(3)]
[Gru(7, Name = "encoder")]
[Lstm(3, Name = "de-coder.2")]
[Dense(17, Activation.Softmax, Name = "Head_1")]
public sealed partial class NamedLayers;

// Layers whose gates end in half a line.

[Network(3)]
[Lstm(20)]
[Lstm(40)]
[Dense(2)]
public sealed partial class LstmsOfHalfLines;

[Network(5)]
[Gru(36)]
[Lstm(24, Peephole = true)]
public sealed partial class GruOfHalfLines;

// The same network with exact and with fast activations.

[Network(3)]
[Rnn(6)]
[Lstm(20)]
[Gru(9)]
[Dense(2, Activation.Sigmoid)]
public sealed partial class ExactActivations;

[Network(3, Activations = ActivationAccuracy.Fast)]
[Rnn(6)]
[Lstm(20)]
[Gru(9)]
[Dense(2, Activation.Sigmoid)]
public sealed partial class FastActivations;
