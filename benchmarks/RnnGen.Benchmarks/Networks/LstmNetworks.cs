namespace RnnGen.Benchmarks.Networks;

// The LSTM networks of the tables, one a size, each with a head of one output. Named input → hidden.
// Only those that a table trains can be trained: the others are a third of the code.

[Network(1, Training = false)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Lstm1To8;

[Network(1, Training = false)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Lstm1To16;

[Network(1, Training = false)]
[Lstm(20)]
[Dense(1)]
public sealed partial class Lstm1To20;

[Network(1, Training = false)]
[Lstm(32)]
[Dense(1)]
public sealed partial class Lstm1To32;

[Network(1, Training = false)]
[Lstm(40)]
[Dense(1)]
public sealed partial class Lstm1To40;

[Network(1, Training = false)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm1To64;

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

[Network(128, Training = false)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm128To256;

[Network(256, Training = false)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm256To256;

[Network(64)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm64To256;

[Network(64)]
[Lstm(512)]
[Dense(1)]
public sealed partial class Lstm64To512;
