namespace RnnGen.Benchmarks.Networks;

// Shapes whose step times are published for hardware made for them: layers × units.

[Network(128, Training = false)]
[Lstm(128)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm2Of128;

[Network(128, Training = false, Precision = Precision.BFloat16)]
[Lstm(128)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm2Of128Half;

[Network(128, Training = false, Precision = Precision.Int8)]
[Lstm(128)]
[Lstm(128)]
[Dense(1)]
public sealed partial class Lstm2Of128Bytes;

[Network(256, Training = false)]
[Lstm(256)]
[Lstm(256)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm3Of256;

[Network(256, Training = false, Precision = Precision.BFloat16)]
[Lstm(256)]
[Lstm(256)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm3Of256Half;

[Network(256, Training = false, Precision = Precision.Int8)]
[Lstm(256)]
[Lstm(256)]
[Lstm(256)]
[Dense(1)]
public sealed partial class Lstm3Of256Bytes;

[Network(480, Training = false)]
[Lstm(480)]
[Lstm(480)]
[Lstm(480)]
[Dense(1)]
public sealed partial class Lstm3Of480;

[Network(480, Training = false, Precision = Precision.BFloat16)]
[Lstm(480)]
[Lstm(480)]
[Lstm(480)]
[Dense(1)]
public sealed partial class Lstm3Of480Half;

[Network(480, Training = false, Precision = Precision.Int8)]
[Lstm(480)]
[Lstm(480)]
[Lstm(480)]
[Dense(1)]
public sealed partial class Lstm3Of480Bytes;

[Network(320, Training = false)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Dense(1)]
public sealed partial class Lstm6Of320;

[Network(320, Training = false, Precision = Precision.BFloat16)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Dense(1)]
public sealed partial class Lstm6Of320Half;

[Network(320, Training = false, Precision = Precision.Int8)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Lstm(320)]
[Dense(1)]
public sealed partial class Lstm6Of320Bytes;
