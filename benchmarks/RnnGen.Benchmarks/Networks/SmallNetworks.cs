namespace RnnGen.Benchmarks.Networks;

// The networks of the table of small networks: sizes that audio and sensors use, those between them, and each with an option where the table has a column for it.

[Network(1, Training = false)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Small8;

[Network(1, Training = false, Deterministic = true)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Small8Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Small8Fast;

[Network(1, Training = false)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12;

[Network(1, Training = false, Deterministic = true)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12Fast;

[Network(1, Training = false)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16;

[Network(1, Training = false, Deterministic = true)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16Fast;

[Network(1, Training = false)]
[Lstm(20)]
[Dense(1)]
public sealed partial class Small20;

[Network(1, Training = false, Deterministic = true)]
[Lstm(20)]
[Dense(1)]
public sealed partial class Small20Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(20)]
[Dense(1)]
public sealed partial class Small20Fast;

[Network(1, Training = false)]
[Lstm(24)]
[Dense(1)]
public sealed partial class Small24;

[Network(1, Training = false, Deterministic = true)]
[Lstm(24)]
[Dense(1)]
public sealed partial class Small24Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(24)]
[Dense(1)]
public sealed partial class Small24Fast;

[Network(1, Training = false)]
[Lstm(32)]
[Dense(1)]
public sealed partial class Small32;

[Network(1, Training = false, Deterministic = true)]
[Lstm(32)]
[Dense(1)]
public sealed partial class Small32Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(32)]
[Dense(1)]
public sealed partial class Small32Fast;

[Network(1, Training = false)]
[Lstm(40)]
[Dense(1)]
public sealed partial class Small40;

[Network(1, Training = false, Deterministic = true)]
[Lstm(40)]
[Dense(1)]
public sealed partial class Small40Same;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(40)]
[Dense(1)]
public sealed partial class Small40Fast;

[Network(1, Training = false)]
[Lstm(12)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12Twice;

[Network(1, Training = false, Deterministic = true)]
[Lstm(12)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12TwiceSame;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(12)]
[Lstm(12)]
[Dense(1)]
public sealed partial class Small12TwiceFast;

[Network(1, Training = false)]
[Lstm(16)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16Twice;

[Network(1, Training = false, Deterministic = true)]
[Lstm(16)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16TwiceSame;

[Network(1, Training = false, Activations = ActivationAccuracy.Fast)]
[Lstm(16)]
[Lstm(16)]
[Dense(1)]
public sealed partial class Small16TwiceFast;

[Network(1, Training = false)]
[Lstm(4)]
[Dense(1)]
public sealed partial class Small4;

[Network(1, Training = false)]
[Lstm(6)]
[Dense(1)]
public sealed partial class Small6;

[Network(1, Training = false)]
[Lstm(10)]
[Dense(1)]
public sealed partial class Small10;

[Network(1, Training = false)]
[Lstm(28)]
[Dense(1)]
public sealed partial class Small28;

[Network(1, Training = false)]
[Lstm(48)]
[Dense(1)]
public sealed partial class Small48;

[Network(1, Training = false)]
[Lstm(80)]
[Dense(1)]
public sealed partial class Small80;

[Network(1, Training = false)]
[Lstm(96)]
[Dense(1)]
public sealed partial class Small96;

[Network(1, Training = false)]
[Lstm(100)]
[Dense(1)]
public sealed partial class Small100;

[Network(1, Training = false)]
[Lstm(8)]
[Lstm(8)]
[Lstm(8)]
[Dense(1)]
public sealed partial class Small8Thrice;

[Network(4, Training = false)]
[Lstm(16)]
[Dense(4)]
public sealed partial class Small16By4;

[Network(8, Training = false)]
[Lstm(16)]
[Dense(8)]
public sealed partial class Small16By8;

[Network(1, Training = false)]
[Lstm(16)]
[Dense(1)]
[Skip]
public sealed partial class Small16Skip;

[Network(1, Training = false)]
[Gru(16)]
[Dense(1)]
public sealed partial class SmallGru16;

[Network(1, Training = false)]
[Gru(20)]
[Dense(1)]
public sealed partial class SmallGru20;

[Network(1, Training = false)]
[Gru(32)]
[Dense(1)]
public sealed partial class SmallGru32;

[Network(1, Training = false)]
[Gru(40)]
[Dense(1)]
public sealed partial class SmallGru40;

[Network(1, Training = false)]
[Gru(64)]
[Dense(1)]
public sealed partial class SmallGru64;

[Network(1, Training = false)]
[Rnn(16)]
[Dense(1)]
public sealed partial class SmallRnn16;

[Network(1, Training = false)]
[Rnn(20)]
[Dense(1)]
public sealed partial class SmallRnn20;

[Network(1, Training = false)]
[Rnn(32)]
[Dense(1)]
public sealed partial class SmallRnn32;

[Network(1, Training = false)]
[Rnn(40)]
[Dense(1)]
public sealed partial class SmallRnn40;

[Network(1, Training = false)]
[Rnn(64)]
[Dense(1)]
public sealed partial class SmallRnn64;
