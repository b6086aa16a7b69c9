namespace RnnGen.Tests.Reduced;

public sealed class Rnn1To64HalfTests : ReducedLayerTests<Rnn1To64Half>;

public sealed class Rnn1To64ByteTests : ReducedLayerTests<Rnn1To64Byte>;

public sealed class Rnn300To1HalfTests : ReducedLayerTests<Rnn300To1Half>;

public sealed class Rnn300To1ByteTests : ReducedLayerTests<Rnn300To1Byte>;

public sealed class Rnn131To7HalfTests : ReducedLayerTests<Rnn131To7Half>;

public sealed class Rnn131To7ByteTests : ReducedLayerTests<Rnn131To7Byte>;

public sealed class Rnn64To17HalfTests : ReducedLayerTests<Rnn64To17Half>;

public sealed class Rnn64To17ByteTests : ReducedLayerTests<Rnn64To17Byte>;

public sealed class Rnn20To100HalfTests : ReducedLayerTests<Rnn20To100Half>;

public sealed class Rnn20To100ByteTests : ReducedLayerTests<Rnn20To100Byte>;

public sealed class Lstm300To1HalfTests : ReducedLayerTests<Lstm300To1Half>;

public sealed class Lstm300To1ByteTests : ReducedLayerTests<Lstm300To1Byte>;

public sealed class Lstm131To7HalfTests : ReducedLayerTests<Lstm131To7Half>;

public sealed class Lstm131To7ByteTests : ReducedLayerTests<Lstm131To7Byte>;

public sealed class Lstm130To8HalfTests : ReducedLayerTests<Lstm130To8Half>;

public sealed class Lstm130To8ByteTests : ReducedLayerTests<Lstm130To8Byte>;

public sealed class Lstm64To17HalfTests : ReducedLayerTests<Lstm64To17Half>;

public sealed class Lstm64To17ByteTests : ReducedLayerTests<Lstm64To17Byte>;

public sealed class Lstm20To64HalfTests : ReducedLayerTests<Lstm20To64Half>;

public sealed class Lstm20To64ByteTests : ReducedLayerTests<Lstm20To64Byte>;

public sealed class Lstm3To100HalfTests : ReducedLayerTests<Lstm3To100Half>;

public sealed class Lstm3To100ByteTests : ReducedLayerTests<Lstm3To100Byte>;

public sealed class Lstm64To64HalfTests : ReducedLayerTests<Lstm64To64Half>;

public sealed class Lstm64To64ByteTests : ReducedLayerTests<Lstm64To64Byte>;

public sealed class Gru300To1HalfTests : ReducedLayerTests<Gru300To1Half>;

public sealed class Gru300To1ByteTests : ReducedLayerTests<Gru300To1Byte>;

public sealed class Gru131To7HalfTests : ReducedLayerTests<Gru131To7Half>;

public sealed class Gru131To7ByteTests : ReducedLayerTests<Gru131To7Byte>;

public sealed class Gru130To8HalfTests : ReducedLayerTests<Gru130To8Half>;

public sealed class Gru130To8ByteTests : ReducedLayerTests<Gru130To8Byte>;

public sealed class Gru64To17HalfTests : ReducedLayerTests<Gru64To17Half>;

public sealed class Gru64To17ByteTests : ReducedLayerTests<Gru64To17Byte>;

public sealed class Gru1To64HalfTests : ReducedLayerTests<Gru1To64Half>;

public sealed class Gru1To64ByteTests : ReducedLayerTests<Gru1To64Byte>;

public sealed class Gru20To100HalfTests : ReducedLayerTests<Gru20To100Half>;

public sealed class Gru20To100ByteTests : ReducedLayerTests<Gru20To100Byte>;

public sealed class Gru64To64HalfTests : ReducedLayerTests<Gru64To64Half>;

public sealed class Gru64To64ByteTests : ReducedLayerTests<Gru64To64Byte>;

public sealed class Gru3To8HalfTests : ReducedLayerTests<Gru3To8Half>;

public sealed class Gru3To8ByteTests : ReducedLayerTests<Gru3To8Byte>;
