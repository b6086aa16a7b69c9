namespace RnnGen.Tests.Surface;

// Small networks for what a caller sees of the layers and options that the tests of Numerics do not have.

[Network(3, MaskedState = MaskedState.Reset)]
[Lstm(5, LearnedState = true)]
[Dense(2)]
public sealed partial class ResettingLstm;

[Network(3)]
[Gru(5)]
[MeanPool]
[Dense(2)]
public sealed partial class MeanOfGru;

[Network(3)]
[Dense(4, Activation.Tanh)]
[MaxPool]
public sealed partial class MaxOfDense;

[Network(3)]
[Conv1D(4, 3, Dilation = 2)]
public sealed partial class DilatedConvolution;

[Network(3, MaskedState = MaskedState.Reset)]
[Conv1D(4, 3, Dilation = 2)]
public sealed partial class ResettingConvolution;

[Network(3)]
[Rnn(4)]
[Dense(2)]
[Skip]
public sealed partial class SkippingRnn;

[Network(16)]
[Dropout(0.3f)]
[Dense(16, Bias = false)]
public sealed partial class HiddenInputs;

[Network(8)]
[Rnn(8, RecurrentDropout = 0.5f, Activation = Activation.Linear, Bias = false)]
public sealed partial class HiddenStates;

[Network(4)]
[Dropout(0.3f)]
[Gru(6, RecurrentDropout = 0.4f)]
[Dropout(0.2f)]
[Dense(3)]
public sealed partial class ManyDropouts;

// A network whose steps are classes, and the one that multiplies vectors with a 1 at their places.

[Network(5)]
[Lstm(16)]
[Dense(5, Activation.Softmax)]
public sealed partial class VectorLstm;

[Network(OneHot = 7)]
[Gru(5)]
[LastStep]
[Dense(3)]
public sealed partial class ClassGru;

[Network(7)]
[Gru(5)]
[LastStep]
[Dense(3)]
public sealed partial class VectorGru;

[Network(OneHot = 7)]
[Dense(5, Activation.Tanh)]
public sealed partial class ClassDense;

[Network(7)]
[Dense(5, Activation.Tanh)]
public sealed partial class VectorDense;

[Network(OneHot = 7)]
[Embedding(5)]
[Rnn(4)]
public sealed partial class ClassEmbedding;

[Network(7)]
[Dense(5, Bias = false)]
[Rnn(4)]
public sealed partial class VectorEmbedding;

[Network(OneHot = 3, Training = false)]
[Gru(3, Direction = Direction.Bidirectional, Name = "around")]
public sealed partial class ClassBothWays;

[Network(OneHot = 4)]
[Rnn(4, Direction = Direction.Bidirectional)]
[LastStep]
public sealed partial class LearningClassBothWays;

[Network(4)]
[Rnn(4, Direction = Direction.Bidirectional)]
[LastStep]
public sealed partial class LearningVectorBothWays;

[Network(4)]
[Rnn(4, Direction = Direction.Bidirectional)]
[Dropout(0.5f)]
[LastStep]
public sealed partial class HiddenLastStep;

[Network(2)]
[MaxPool]
[Dense(2)]
public sealed partial class MaxOfFrames;

[Network(OneHot = 4)]
[Rnn(4)]
public sealed partial class ClassRnn;

[Network(3)]
[Conv1D(4, 3, Padding = ConvPadding.Same)]
public sealed partial class CentredConvolution;

[Network(3)]
[Conv1D(4, 4, Padding = ConvPadding.Same, Dilation = 3)]
public sealed partial class EvenConvolution;

[Network(3, MaskedState = MaskedState.Reset)]
[Conv1D(4, 5, Activation.Tanh, Padding = ConvPadding.Same, Dilation = 2)]
public sealed partial class ResettingCentredConvolution;

[Network(3)]
[Conv1D(17, 5, Activation.Relu, Padding = ConvPadding.Same, Name = "wide")]
[Gru(5, Direction = Direction.Bidirectional, Name = "both")]
[Conv1D(9, 2, Activation.Tanh, Padding = ConvPadding.Same, Dilation = 2, Name = "narrow", From = ["both", "wide", "input"])]
[Rnn(4, Direction = Direction.Reverse)]
[LastStep]
[Dense(3, Activation.Softmax)]
public sealed partial class StackedCentredConvolutions;

[Network(OneHot = 7)]
[Embedding(5)]
[Dropout(0.2f)]
[Conv1D(4, 3, Activation.Sigmoid, Padding = ConvPadding.Same)]
public sealed partial class ConvolutionOfClasses;
