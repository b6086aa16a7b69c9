namespace RnnGen.Tests.Weights;

// Networks with the same parameters that compute the same, and others that compute something else.

[Network(3)]
[Rnn(4, Name = "rnn", RecurrentDropout = 0.25f)]
[Dropout(0.5f)]
[LastStep]
[Dense(2, Name = "dense")]
public sealed partial class TrainedNetwork;

[Network(3, Training = false, Precision = Precision.Int8, Deterministic = true)]
[Rnn(4, Name = "rnn")]
[LastStep]
[Dense(2, Name = "dense")]
[NativeExport("inferred")]
public sealed partial class InferredNetwork;

[Network(3, Training = false)]
[Rnn(4, Name = "rnn", Activation = Activation.Relu)]
[LastStep]
[Dense(2, Name = "dense")]
public sealed partial class ReluNetwork;

// Checkpoints compare the name of the class, too.

public static partial class WithTanh
{
    [Network(3)]
    [Rnn(4)]
    [Dropout(0.25f)]
    [Dense(2, Activation.Softmax)]
    public sealed partial class Learner;
}

public static partial class WithRelu
{
    [Network(3)]
    [Rnn(4, Activation = Activation.Relu)]
    [Dropout(0.25f)]
    [Dense(2, Activation.Softmax)]
    public sealed partial class Learner;
}

public static partial class WithMoreDropout
{
    [Network(3)]
    [Rnn(4)]
    [Dropout(0.5f)]
    [Dense(2, Activation.Softmax)]
    public sealed partial class Learner;
}

public static partial class WithEightBits
{
    [Network(3, Precision = Precision.Int8, Deterministic = true)]
    [Rnn(4)]
    [Dropout(0.25f)]
    [Dense(2, Activation.Softmax)]
    public sealed partial class Learner;
}
