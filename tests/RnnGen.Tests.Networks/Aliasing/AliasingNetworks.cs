namespace RnnGen.Tests.Aliasing;

// One network of each kind that answers at another time, or more or less than it reads.

[Network(64, Training = false)]
[Gru(16)]
[LastStep]
[Dense(10, Activation.Softmax)]
[NativeExport("alias_last")]
public sealed partial class AliasLast; // runs in pieces of 64 steps

[Network(64, Training = false)]
[Conv1D(16, 3)]
[Gru(8)]
[Dense(5)]
[NativeExport("alias_narrow")]
public sealed partial class AliasNarrow; // the same, and answers each step

[Network(2)]
[Gru(5)]
[Dense(2)]
[Skip]
public sealed partial class AliasSame;

[Network(2, Training = false)]
[Rnn(4)]
[Dense(7)]
public sealed partial class AliasWide;

[Network(3, Training = false)]
[Gru(4, Direction = Direction.Bidirectional)]
[LastStep]
[Dense(5)]
[NativeExport("alias_both_last")]
public sealed partial class AliasBothLast;

[Network(20, Precision = Precision.Int8, Training = false)]
[Gru(16)]
[MaxPool]
[Dense(6)]
public sealed partial class AliasBytes;
