namespace RnnGen.Benchmarks.Networks;

// The networks of the table of precisions: those of the others, with weights of 16 and of 8 bits.

[Network(40, Training = false, Precision = Precision.BFloat16)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm40To64Half;

[Network(40, Training = false, Precision = Precision.Int8)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm40To64Bytes;

[Network(64, Training = false, Precision = Precision.BFloat16)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64Half;

[Network(64, Training = false, Precision = Precision.Int8)]
[Lstm(64)]
[Dense(1)]
public sealed partial class Lstm64To64Bytes;

[Network(64, Training = false, Precision = Precision.BFloat16)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm64To128Half;

[Network(64, Training = false, Precision = Precision.Int8)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm64To128Bytes;

[Network(128, Training = false, Precision = Precision.BFloat16)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm128To128Half;

[Network(128, Training = false, Precision = Precision.Int8)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm128To128Bytes;

[Network(128, Training = false, Precision = Precision.BFloat16)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm128To256Half;

[Network(128, Training = false, Precision = Precision.Int8)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm128To256Bytes;

[Network(256, Training = false, Precision = Precision.BFloat16)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm256To256Half;

[Network(256, Training = false, Precision = Precision.Int8)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm256To256Bytes;

[Network(64, Training = false, Precision = Precision.BFloat16)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru64To64Half;

[Network(64, Training = false, Precision = Precision.Int8)]
[Gru(64)]
[Dense(1)]
public sealed partial class Gru64To64Bytes;

[Network(128, Training = false, Precision = Precision.BFloat16)]
[Gru(128)]
[Dense(1)]
public sealed partial class Gru128To128Half;

[Network(128, Training = false, Precision = Precision.Int8)]
[Gru(128)]
[Dense(1)]
public sealed partial class Gru128To128Bytes;

[Network(256, Training = false, Precision = Precision.BFloat16)]
[Gru(256)]
[Dense(1)]
public sealed partial class Gru256To256Half;

[Network(256, Training = false, Precision = Precision.Int8)]
[Gru(256)]
[Dense(1)]
public sealed partial class Gru256To256Bytes;

[Network(64, Training = false, Precision = Precision.BFloat16)]
[Rnn(64)]
[Dense(1)]
public sealed partial class Rnn64To64Half;

[Network(64, Training = false, Precision = Precision.Int8)]
[Rnn(64)]
[Dense(1)]
public sealed partial class Rnn64To64Bytes;

[Network(128, Training = false, Precision = Precision.BFloat16)]
[Rnn(128)]
[Dense(1)]
public sealed partial class Rnn128To128Half;

[Network(128, Training = false, Precision = Precision.Int8)]
[Rnn(128)]
[Dense(1)]
public sealed partial class Rnn128To128Bytes;

[Network(256, Training = false, Precision = Precision.BFloat16)]
[Rnn(256)]
[Dense(1)]
public sealed partial class Rnn256To256Half;

[Network(256, Training = false, Precision = Precision.Int8)]
[Rnn(256)]
[Dense(1)]
public sealed partial class Rnn256To256Bytes;
