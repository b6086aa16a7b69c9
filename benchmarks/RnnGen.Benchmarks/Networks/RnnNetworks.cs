namespace RnnGen.Benchmarks.Networks;

// The RNN networks of the tables, one a size, each with a head of one output. Named input → hidden.
// Only those that a table trains can be trained: the others are a third of the code.

[Network(1, Training = false)]
[Rnn(8)]
[Dense(1)]
public sealed partial class Rnn1To8;

[Network(1, Training = false)]
[Rnn(16)]
[Dense(1)]
public sealed partial class Rnn1To16;

[Network(1, Training = false)]
[Rnn(20)]
[Dense(1)]
public sealed partial class Rnn1To20;

[Network(1, Training = false)]
[Rnn(32)]
[Dense(1)]
public sealed partial class Rnn1To32;

[Network(1, Training = false)]
[Rnn(40)]
[Dense(1)]
public sealed partial class Rnn1To40;

[Network(1, Training = false)]
[Rnn(64)]
[Dense(1)]
public sealed partial class Rnn1To64;

[Network(40, Training = false)]
[Rnn(64)]
[Dense(1)]
public sealed partial class Rnn40To64;

[Network(64)]
[Rnn(64)]
[Dense(1)]
public sealed partial class Rnn64To64;

[Network(64)]
[Rnn(128)]
[Dense(1)]
public sealed partial class Rnn64To128;

[Network(128, Training = false)]
[Rnn(128)]
[Dense(1)]
public sealed partial class Rnn128To128;

[Network(128, Training = false)]
[Rnn(256)]
[Dense(1)]
public sealed partial class Rnn128To256;

[Network(256, Training = false)]
[Rnn(256)]
[Dense(1)]
public sealed partial class Rnn256To256;
