using RnnGen.Cells;

namespace RnnGen.Benchmarks.Cells;

[Network(64)]
[Lstm(64)]
internal sealed partial class Lstm64Sequence;

[Network(64)]
[Gru(64)]
internal sealed partial class Gru64Sequence;

[Network(64)]
[MinGru(64)]
internal sealed partial class MinGru64Sequence;

[Network(64)]
[Sru(64)]
internal sealed partial class Sru64Sequence;

[Network(64)]
[Qrnn(64)]
internal sealed partial class Qrnn64Sequence;

[Network(256)]
[Lstm(256)]
internal sealed partial class Lstm256Sequence;

[Network(256)]
[Gru(256)]
internal sealed partial class Gru256Sequence;

[Network(256)]
[MinGru(256)]
internal sealed partial class MinGru256Sequence;

[Network(256)]
[Sru(256)]
internal sealed partial class Sru256Sequence;

[Network(256)]
[Qrnn(256)]
internal sealed partial class Qrnn256Sequence;

[Network(512)]
[Lstm(512)]
internal sealed partial class Lstm512Sequence;

[Network(512)]
[Gru(512)]
internal sealed partial class Gru512Sequence;

[Network(512)]
[MinGru(512)]
internal sealed partial class MinGru512Sequence;

[Network(512)]
[Sru(512)]
internal sealed partial class Sru512Sequence;

[Network(512)]
[Qrnn(512)]
internal sealed partial class Qrnn512Sequence;
