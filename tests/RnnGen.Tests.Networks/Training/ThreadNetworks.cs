namespace RnnGen.Tests.Training;

[Network(5)]
[Lstm(20)]
[Gru(33)]
[Dense(3)]
internal sealed partial class ThreadedStack;

[Network(4)]
[Gru(12, Direction = Direction.Bidirectional)]
[LastStep]
[Dense(3, Activation.Softmax)]
internal sealed partial class ThreadedLast;

[Network(4)]
[Lstm(17, Peephole = true, LearnedState = true)]
[Rnn(9, LayerNorm = true)]
[Dense(2)]
internal sealed partial class ThreadedPeepholes;

[Network(4)]
[Conv1D(8, 3)]
[Lstm(16, RecurrentDropout = 0.3f)]
[Dropout(0.2f)]
[MaxPool]
[Dense(2)]
internal sealed partial class ThreadedNoise;

[Network(64, Training = false)]
[Lstm(32)]
internal sealed partial class ThreadedNarrowing;

[Network(64)]
[Lstm(32)]
[Dense(2)]
internal sealed partial class ThreadedAhead;
