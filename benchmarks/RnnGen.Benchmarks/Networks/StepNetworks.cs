namespace RnnGen.Benchmarks.Networks;

// The networks of the step tables, one a size and a cell, each with a head of one output. Named input → hidden.

[Network(1, Training = false)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Lstm1To8;

[Network(1, Training = false)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Lstm1To16;

[Network(1, Training = false)]
[Lstm(32)]
[Dense(1)]
public sealed partial class Lstm1To32;

[Network(40, Training = false)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm40To64;

[Network(64)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64;

[Network(64)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm64To128;

[Network(128, Training = false)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm128To128;

[Network(1, Training = false)]
[Gru(8)]
[Dense(1)]
public sealed partial class Gru1To8;

[Network(1, Training = false)]
[Gru(16)]
[Dense(1)]
public sealed partial class Gru1To16;

[Network(1, Training = false)]
[Gru(32)]
[Dense(1)]
public sealed partial class Gru1To32;

[Network(40, Training = false)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru40To64;

[Network(64)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru64To64;

[Network(64)]
[Gru(128)]
[Dense(1)]
public sealed partial class Gru64To128;

[Network(128, Training = false)]
[Gru(128)]
[Dense(1)]
public sealed partial class Gru128To128;

[Network(1, Training = false)]
[Rnn(8)]
[Dense(1)]
public sealed partial class Rnn1To8;

[Network(1, Training = false)]
[Rnn(16)]
[Dense(1)]
public sealed partial class Rnn1To16;

[Network(1, Training = false)]
[Rnn(32)]
[Dense(1)]
public sealed partial class Rnn1To32;

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
