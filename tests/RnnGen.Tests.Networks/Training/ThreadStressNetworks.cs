namespace RnnGen.Tests.Training;

[Network(3)]
[Gru(16, Direction = Direction.Bidirectional)]
[Gru(16, Direction = Direction.Bidirectional)]
[Dense(2)]
internal sealed partial class ThreadedBothWays;
