namespace RnnGen.Tests.Reduced;

public sealed class ClassifierHalfTests : ReducedNetworkTests<ClassifierHalf, ClassifierExact>;

public sealed class ClassifierByteTests : ReducedNetworkTests<ClassifierByte, ClassifierExact>;

public sealed class OptionsHalfTests : ReducedNetworkTests<OptionsHalf, OptionsExact>;

public sealed class OptionsByteTests : ReducedNetworkTests<OptionsByte, OptionsExact>;

public sealed class BothWaysHalfTests : ReducedNetworkTests<BothWaysHalf, BothWaysExact>;

public sealed class BothWaysByteTests : ReducedNetworkTests<BothWaysByte, BothWaysExact>;

public sealed class ClassesHalfTests : ReducedNetworkTests<ClassesHalf, ClassesExact>;

public sealed class ClassesByteTests : ReducedNetworkTests<ClassesByte, ClassesExact>;

public sealed class ConvolvedHalfTests : ReducedNetworkTests<ConvolvedHalf, ConvolvedExact>;

public sealed class ConvolvedByteTests : ReducedNetworkTests<ConvolvedByte, ConvolvedExact>;

public sealed class ResettingHalfTests : ReducedNetworkTests<ResettingHalf, ResettingExact>;

public sealed class ResettingByteTests : ReducedNetworkTests<ResettingByte, ResettingExact>;
