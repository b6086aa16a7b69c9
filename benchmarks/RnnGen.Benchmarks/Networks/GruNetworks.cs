namespace RnnGen.Benchmarks.Networks;

// The GRU networks of the tables, one a size, each with a head of one output. Named input → hidden.
// Only those that a table trains can be trained: the others are a third of the code.

[Network(1, Training = false)]
[Gru(8)]
[Dense(1)]
public sealed partial class Gru1To8;

[Network(1, Training = false)]
[Gru(16)]
[Dense(1)]
public sealed partial class Gru1To16;

[Network(1, Training = false)]
[Gru(20)]
[Dense(1)]
public sealed partial class Gru1To20;

[Network(1, Training = false)]
[Gru(32)]
[Dense(1)]
public sealed partial class Gru1To32;

[Network(1, Training = false)]
[Gru(40)]
[Dense(1)]
public sealed partial class Gru1To40;

[Network(1, Training = false)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru1To64;

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

[Network(128, Training = false)]
[Gru(256)]
[Dense(1)]
public sealed partial class Gru128To256;

[Network(256, Training = false)]
[Gru(256)]
[Dense(1)]
public sealed partial class Gru256To256;
