namespace RnnGen.Tests.Graphs;

// Networks whose layers read others than the one before them. Each has the tests of NetworkTests<TNetwork> or WholeSequenceTests<TNetwork>.

/// <summary>A residual block.</summary>
[Network(5)]
[Dense(9, Activation.Tanh, Name = "in")]
[Gru(9, Name = "gru")]
[Add(From = ["in", "gru"])]
[Dense(3)]
public sealed partial class Residual;

/// <summary>Everything that an earlier layer gave is read again, the input too; vectors of many sizes side by side.</summary>
[Network(7)]
[Dense(5, Activation.Tanh, Name = "dense")]
[Gru(3, Name = "first")]
[Gru(6, Name = "second", From = ["dense", "first", "input"], Reset = ResetGate.BeforeProduct)]
[Gru(17, Name = "third", From = ["first", "second", "input"])]
[Dense(4, Activation.Sigmoid, From = ["third", "dense"])]
public sealed partial class DenselyConnected;

/// <summary>A gated linear unit: a product of two halves that read the same.</summary>
[Network(3)]
[Lstm(7)]
[Dense(19, Name = "value")]
[Dense(19, Activation.Sigmoid, Name = "gate", From = ["lstm0"])]
[Multiply(From = ["value", "gate"])]
[Dense(3)]
public sealed partial class Gated;

/// <summary>The frames themselves are added and multiplied, one value is read twice by one layer, and a sum stands on the output.</summary>
[Network(5)]
[Rnn(5)]
[Multiply(From = ["rnn0", "input", "rnn0"], Name = "product")]
[Concat(From = ["product", "rnn0", "product"])]
[Dense(5)]
[Add(From = ["dense3", "input", "dense3"])]
public sealed partial class Twice;

/// <summary>Equal layers side by side, which share their kernels, and one that reads after them all.</summary>
[Network(4)]
[Lstm(6, Name = "a")]
[Lstm(6, Name = "b", From = ["input"])]
[Lstm(6, Name = "c", From = ["input"])]
[Add(From = ["a", "b", "c"])]
[Gru(3, From = ["add3", "b"])]
public sealed partial class SideBySide;

/// <summary>Several ends of time, one of them behind dropout that another layer reads too.</summary>
[Network(3)]
[Gru(5, Name = "gru")]
[Dropout(0.5f, Name = "hidden")]
[LastStep(Name = "last")]
[Dense(4, Activation.Tanh, Name = "each", From = ["hidden"])]
[MeanPool(Name = "mean")]
[MaxPool(Name = "max", From = ["gru", "each"])]
[Dense(3, Activation.Softmax, From = ["last", "mean", "max"])]
public sealed partial class SeveralEnds;

/// <summary>Convolutions that widen, their sum, and the input.</summary>
[Network(2)]
[Conv1D(4, 3, Activation.Tanh, Name = "near")]
[Conv1D(4, 3, Activation.Tanh, Dilation = 3, Name = "far")]
[Add(From = ["near", "far"], Name = "skips")]
[Dense(8, Activation.Relu, From = ["skips", "input"])]
[Dense(1)]
public sealed partial class ConvolutionStack;

/// <summary>Normalisation of the frames and inside, activations alone, and a softmax over more units than a vector has as a gate.</summary>
[Network(7)]
[LayerNorm]
[Gru(19, Name = "gru")]
[LayerNorm(Name = "norm")]
[Activation(Activation.Gelu, Name = "gelu")]
[Dense(19, Activation.Softmax, Name = "attention", From = ["gru", "input"])]
[Multiply(From = ["attention", "gelu"])]
[Dense(4)]
[Activation(Activation.Sigmoid)]
public sealed partial class Normalised;

/// <summary>A softmax in the middle and one on the end, each as a layer of its own, once a sequence.</summary>
[Network(3)]
[Conv1D(5, 2, Activation.Softmax)]
[Lstm(6)]
[LastStep]
[Activation(Activation.Softmax)]
[LayerNorm]
[Dense(6)]
[Activation(Activation.Softmax)]
public sealed partial class SoftmaxTwice;

/// <summary>A softmax that is neither the first nor the last thing.</summary>
[Network(3)]
[Dense(3, Activation.Softmax)]
[Dense(1, Bias = false)]
public sealed partial class InnerSoftmax;

/// <summary>Three outputs with activations of their own; one is read by later layers.</summary>
[Network(5)]
[Dense(6, Activation.Tanh, Name = "features")]
[Gru(7, Name = "gru")]
[Dense(1, Activation.Sigmoid, Name = "speech", IsOutput = true)]
[Dense(4, Activation.Softmax, Name = "word", From = ["gru", "speech"], IsOutput = true)]
[Gru(9, Name = "second", From = ["features", "word"])]
[Dense(3, Name = "gains", IsOutput = true)]
public sealed partial class ThreeOutputs;

/// <summary>Two outputs once a sequence, of which one is a state.</summary>
[Network(3)]
[Lstm(5, Name = "lstm")]
[LastStep(Name = "code", IsOutput = true)]
[Dense(3, Activation.Softmax, Name = "label", IsOutput = true)]
public sealed partial class TwoAnswers;

/// <summary>Layers that go both ways and back beside one that goes forward; for a whole sequence only.</summary>
[Network(3, MaskedState = MaskedState.Reset)]
[Gru(4, Name = "forward")]
[Lstm(5, Name = "both", From = ["input"], Direction = Direction.Bidirectional)]
[Rnn(4, Name = "back", From = ["both", "forward"], Direction = Direction.Reverse)]
[Add(From = ["forward", "back"])]
[Dense(3, From = ["add3", "both", "input"])]
public sealed partial class AllWays;

/// <summary>The same with ends: of both directions, and of all steps.</summary>
[Network(3)]
[Lstm(5, Name = "both", Direction = Direction.Bidirectional, Merge = Merge.Sum)]
[LastStep(Name = "last")]
[MeanPool(Name = "mean", From = ["both"])]
[Multiply(From = ["last", "mean"])]
[Dense(2)]
public sealed partial class AllWaysToEnds;

/// <summary>A class that several layers read.</summary>
[Network(OneHot = 11)]
[Embedding(6, Name = "vector")]
[Gru(6, Name = "gru", From = ["input"])]
[Add(From = ["vector", "gru"])]
[Rnn(5, From = ["add2", "vector"])]
[Dense(3, Activation.Sigmoid, From = ["input"], Name = "direct")]
[Dense(4, From = ["rnn3", "direct"])]
public sealed partial class ClassGraph;

[Network(20, Precision = Precision.Float32)]
[Gru(40, Name = "first")]
[Gru(40, Name = "second", From = ["first", "input"])]
[Add(From = ["first", "second"])]
[Dense(33, From = ["add2", "input"])]
public sealed partial class GraphExact;

[Network(20, Precision = Precision.BFloat16)]
[Gru(40, Name = "first")]
[Gru(40, Name = "second", From = ["first", "input"])]
[Add(From = ["first", "second"])]
[Dense(33, From = ["add2", "input"])]
public sealed partial class GraphHalf;

[Network(20, Precision = Precision.Int8)]
[Gru(40, Name = "first")]
[Gru(40, Name = "second", From = ["first", "input"])]
[Add(From = ["first", "second"])]
[Dense(33, From = ["add2", "input"])]
[NativeExport("graph")]
public sealed partial class GraphByte;
