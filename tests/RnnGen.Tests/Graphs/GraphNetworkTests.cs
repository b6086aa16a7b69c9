using RnnGen.Tests.Numerics;
using RnnGen.Tests.Reduced;

namespace RnnGen.Tests.Graphs;

public sealed class ResidualTests : NetworkTests<Residual>;

public sealed class DenselyConnectedTests : NetworkTests<DenselyConnected>;

public sealed class GatedTests : NetworkTests<Gated>;

public sealed class TwiceTests : NetworkTests<Twice>;

public sealed class SideBySideTests : NetworkTests<SideBySide>;

public sealed class SeveralEndsTests : WholeSequenceTests<SeveralEnds>;

public sealed class ConvolutionStackTests : NetworkTests<ConvolutionStack>;

public sealed class NormalisedTests : NetworkTests<Normalised>;

public sealed class SoftmaxTwiceTests : NetworkTests<SoftmaxTwice>;

public sealed class ThreeOutputsTests : NetworkTests<ThreeOutputs>;

public sealed class TwoAnswersTests : NetworkTests<TwoAnswers>;

public sealed class WaveNetStackTests : NetworkTests<WaveNetStack>;

public sealed class NoiseSuppressorNetworkTests : NetworkTests<NoiseSuppressor>;

public sealed class AllWaysTests : WholeSequenceTests<AllWays>;

public sealed class AllWaysToEndsTests : WholeSequenceTests<AllWaysToEnds>;

public sealed class GraphHalfTests : ReducedNetworkTests<GraphHalf, GraphExact>;

public sealed class GraphByteTests : ReducedNetworkTests<GraphByte, GraphExact>;
