namespace RnnGen.Benchmarks.Networks;

// The networks of the table of determinism: those of the others, with the same bits on every instruction set.

[Network(1, Deterministic = true, Training = false)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Lstm1To16Same;

[Network(64, Deterministic = true, Training = false)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64Same;

[Network(128, Deterministic = true, Training = false)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm128To128Same;

[Network(64, Deterministic = true, Training = false)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru64To64Same;

[Network(64, Deterministic = true, Training = false, Precision = Precision.BFloat16)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64HalfSame;

[Network(64, Deterministic = true, Training = false, Precision = Precision.Int8)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64BytesSame;
