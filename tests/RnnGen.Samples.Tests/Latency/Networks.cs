namespace RnnGen.Latency.Tests;

[Network(OneHot = 7)]
[Lstm(5)]
[Dense(3)]
internal sealed partial class OneHotLstm;

[Network(OneHot = 7)]
[Embedding(4)]
[Gru(5)]
internal sealed partial class EmbeddedGru;

[Network(3)]
[Conv1D(4, 3)]
[Rnn(2, LearnedState = true)]
internal sealed partial class ConvolvedRnn;

[Network(3)]
[Rnn(2, Direction = Direction.Reverse)]
internal sealed partial class ReverseRnn;
