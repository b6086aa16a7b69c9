namespace RnnGen.Tests.Reduced;

// Single layers of sizes that leave every remainder; some are too small to be reduced.

[Network(1, Precision = Precision.BFloat16, Training = false)]
[Rnn(64)]
public sealed partial class Rnn1To64Half;

[Network(1, Precision = Precision.Int8, Training = false)]
[Rnn(64)]
public sealed partial class Rnn1To64Byte;

[Network(300, Precision = Precision.BFloat16, Training = false)]
[Rnn(1)]
public sealed partial class Rnn300To1Half;

[Network(300, Precision = Precision.Int8, Training = false)]
[Rnn(1)]
public sealed partial class Rnn300To1Byte;

[Network(131, Precision = Precision.BFloat16, Training = false)]
[Rnn(7)]
public sealed partial class Rnn131To7Half;

[Network(131, Precision = Precision.Int8, Training = false)]
[Rnn(7)]
public sealed partial class Rnn131To7Byte;

[Network(64, Precision = Precision.BFloat16, Training = false)]
[Rnn(17)]
public sealed partial class Rnn64To17Half;

[Network(64, Precision = Precision.Int8, Training = false)]
[Rnn(17)]
public sealed partial class Rnn64To17Byte;

[Network(20, Precision = Precision.BFloat16, Training = false)]
[Rnn(100)]
public sealed partial class Rnn20To100Half;

[Network(20, Precision = Precision.Int8, Training = false)]
[Rnn(100)]
public sealed partial class Rnn20To100Byte;

[Network(300, Precision = Precision.BFloat16, Training = false)]
[Lstm(1)]
public sealed partial class Lstm300To1Half;

[Network(300, Precision = Precision.Int8, Training = false)]
[Lstm(1)]
public sealed partial class Lstm300To1Byte;

[Network(131, Precision = Precision.BFloat16, Training = false)]
[Lstm(7)]
public sealed partial class Lstm131To7Half;

[Network(131, Precision = Precision.Int8, Training = false)]
[Lstm(7)]
public sealed partial class Lstm131To7Byte;

[Network(130, Precision = Precision.BFloat16, Training = false)]
[Lstm(8)]
public sealed partial class Lstm130To8Half;

[Network(130, Precision = Precision.Int8, Training = false)]
[Lstm(8)]
public sealed partial class Lstm130To8Byte;

[Network(64, Precision = Precision.BFloat16, Training = false)]
[Lstm(17)]
public sealed partial class Lstm64To17Half;

[Network(64, Precision = Precision.Int8, Training = false)]
[Lstm(17)]
public sealed partial class Lstm64To17Byte;

[Network(20, Precision = Precision.BFloat16, Training = false)]
[Lstm(64)]
public sealed partial class Lstm20To64Half;

[Network(20, Precision = Precision.Int8, Training = false)]
[Lstm(64)]
public sealed partial class Lstm20To64Byte;

[Network(3, Precision = Precision.BFloat16, Training = false)]
[Lstm(100)]
public sealed partial class Lstm3To100Half;

[Network(3, Precision = Precision.Int8, Training = false)]
[Lstm(100)]
public sealed partial class Lstm3To100Byte;

[Network(64, Precision = Precision.BFloat16, Training = false)]
[Lstm(64)]
public sealed partial class Lstm64To64Half;

[Network(64, Precision = Precision.Int8, Training = false)]
[Lstm(64)]
public sealed partial class Lstm64To64Byte;

[Network(300, Precision = Precision.BFloat16, Training = false)]
[Gru(1)]
public sealed partial class Gru300To1Half;

[Network(300, Precision = Precision.Int8, Training = false)]
[Gru(1)]
public sealed partial class Gru300To1Byte;

[Network(131, Precision = Precision.BFloat16, Training = false)]
[Gru(7)]
public sealed partial class Gru131To7Half;

[Network(131, Precision = Precision.Int8, Training = false)]
[Gru(7)]
public sealed partial class Gru131To7Byte;

[Network(130, Precision = Precision.BFloat16, Training = false)]
[Gru(8)]
public sealed partial class Gru130To8Half;

[Network(130, Precision = Precision.Int8, Training = false)]
[Gru(8)]
public sealed partial class Gru130To8Byte;

[Network(64, Precision = Precision.BFloat16, Training = false)]
[Gru(17)]
public sealed partial class Gru64To17Half;

[Network(64, Precision = Precision.Int8, Training = false)]
[Gru(17)]
public sealed partial class Gru64To17Byte;

[Network(1, Precision = Precision.BFloat16, Training = false)]
[Gru(64)]
public sealed partial class Gru1To64Half;

[Network(1, Precision = Precision.Int8, Training = false)]
[Gru(64)]
public sealed partial class Gru1To64Byte;

[Network(20, Precision = Precision.BFloat16, Training = false)]
[Gru(100)]
public sealed partial class Gru20To100Half;

[Network(20, Precision = Precision.Int8, Training = false)]
[Gru(100)]
public sealed partial class Gru20To100Byte;

[Network(64, Precision = Precision.BFloat16, Training = false)]
[Gru(64)]
public sealed partial class Gru64To64Half;

[Network(64, Precision = Precision.Int8, Training = false)]
[Gru(64)]
public sealed partial class Gru64To64Byte;

[Network(3, Precision = Precision.BFloat16, Training = false)]
[Gru(8)]
public sealed partial class Gru3To8Half;

[Network(3, Precision = Precision.Int8, Training = false)]
[Gru(8)]
public sealed partial class Gru3To8Byte;
