namespace RnnGen.Tests.Surface;

// Networks whose Run takes several passes over the steps, and the reverse twins of networks that go forward.

[Network(3)]
[Gru(5, Direction = Direction.Bidirectional)]
[Dropout(0.5f)]
[Gru(4, Direction = Direction.Bidirectional)]
public sealed partial class DropoutBetweenPasses;

[Network(3)]
[Gru(5, Direction = Direction.Bidirectional)]
[Gru(4, Direction = Direction.Bidirectional)]
public sealed partial class NoDropoutBetweenPasses;

[Network(3)]
[Lstm(5)]
public sealed partial class ForwardLstm;

[Network(3)]
[Lstm(5, Direction = Direction.Reverse)]
public sealed partial class ReverseLstm;

[Network(3)]
[Gru(5)]
public sealed partial class ForwardGru;

[Network(3)]
[Gru(5, Direction = Direction.Reverse)]
public sealed partial class ReverseGru;
