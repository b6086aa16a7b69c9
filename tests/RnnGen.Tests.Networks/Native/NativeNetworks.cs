namespace RnnGen.Tests.Native;

// Networks that are exported, one of each kind that C sees differently.

[Network(20)]
[Lstm(64)]
[LastStep]
[Dense(10, Activation.Softmax)]
[NativeExport("digits")]
public sealed partial class NativeDigits;

[Network(3)]
[Gru(5)]
[Dense(3)]
[NativeExport("filter")]
public sealed partial class NativeFilter;

[Network(OneHot = 7, Training = false)]
[Gru(5)]
[NativeExport("chars")]
public sealed partial class NativeChars;

[Network(3)]
[Gru(5, Direction = Direction.Bidirectional)]
[Dense(2)]
[NativeExport("both_ways")]
public sealed partial class NativeBothWays;

[Network(2)]
[Dense(4)]
[NativeExport("dense")]
public sealed partial class NativeDense;
