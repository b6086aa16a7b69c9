namespace RnnGen.Tests.Numerics;

public sealed class RnnOfOneTests : NetworkTests<RnnOfOne>;

public sealed class ReluRnnWithReluHeadTests : NetworkTests<ReluRnnWithReluHead>;

public sealed class RnnOfManyInputsTests : NetworkTests<RnnOfManyInputs>;

// xunit takes the base class's traits only where there are none.
[Trait("Category", "Numerics")]
[Trait("Speed", "Slow")]
public sealed class ReluRnnToLastTests : NetworkTests<ReluRnnToLast>;

public sealed class LstmOfOneTests : NetworkTests<LstmOfOne>;

public sealed class LstmOfOneInputTests : NetworkTests<LstmOfOneInput>;

public sealed class LstmClassifierTests : NetworkTests<LstmClassifier>;

// xunit takes the base class's traits only where there are none.
[Trait("Category", "Numerics")]
[Trait("Speed", "Slow")]
public sealed class LargeLstmTests : NetworkTests<LargeLstm>;

public sealed class LstmToLastTests : NetworkTests<LstmToLast>;

public sealed class GruWithLinearHeadTests : NetworkTests<GruWithLinearHead>;

public sealed class GruOfOneTests : NetworkTests<GruOfOne>;

public sealed class ManyHeadsTests : NetworkTests<ManyHeads>;

// xunit takes the base class's traits only where there are none.
[Trait("Category", "Numerics")]
[Trait("Speed", "Slow")]
public sealed class LargeSoftmaxTests : NetworkTests<LargeSoftmax>;

// xunit takes the base class's traits only where there are none.
[Trait("Category", "Numerics")]
[Trait("Speed", "Slow")]
public sealed class LargeGruTests : NetworkTests<LargeGru>;

public sealed class TwoKindsTests : NetworkTests<TwoKinds>;

// xunit takes the base class's traits only where there are none.
[Trait("Category", "Numerics")]
[Trait("Speed", "Slow")]
public sealed class ThreeLayersTests : NetworkTests<ThreeLayers>;

public sealed class DenseFirstTests : NetworkTests<DenseFirst>;

public sealed class DenseBetweenTests : NetworkTests<DenseBetween>;

public sealed class DenseOnlyTests : NetworkTests<DenseOnly>;

public sealed class OneDenseTests : NetworkTests<OneDense>;

public sealed class DenseThenLastTests : NetworkTests<DenseThenLast>;

public sealed class HeadThenLastTests : NetworkTests<HeadThenLast>;

public sealed class NamedLayersTests : NetworkTests<NamedLayers>;

public sealed class LstmsOfHalfLinesTests : NetworkTests<LstmsOfHalfLines>;

public sealed class GruOfHalfLinesTests : NetworkTests<GruOfHalfLines>;
