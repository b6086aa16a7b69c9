namespace RnnGen.Tests.Cells;

// Networks of one cell of the tests' own, each for what the cell or the layer has.

[Network(6)]
[Scalars(12)]
public sealed partial class ScalarsNetwork;

[Network(6)]
[Features(12)]
public sealed partial class FeaturesNetwork;

[Network(6)]
[Store(12, 20)]
public sealed partial class StoreNetwork;

[Network(12)]
[Elements(12)]
public sealed partial class ElementsNetwork;

[Network(4)]
[Thresholds(9)]
public sealed partial class ThresholdsNetwork;

[Network(20)]
[Elements(20, Count = 1, LearnedState = true)]
public sealed partial class LearnedElementsNetwork;

[Network(6)]
[Blend(12, LayerNorm = true)]
public sealed partial class NormalizedBlendNetwork;

[Network(6)]
[Blend(12, Clip = 0.3f, LearnedState = true, Bias = false)]
public sealed partial class ClippedBlendNetwork;

[Network(6)]
[Store(12, 5, Direction = Direction.Reverse)]
public sealed partial class ReverseStoreNetwork;

[Network(6)]
[Store(5, 12, Direction = Direction.Bidirectional)]
public sealed partial class BothWaysStoreNetwork;

[Network(5)]
[Elements(5, Direction = Direction.Bidirectional, Merge = Merge.Sum)]
public sealed partial class SummedElementsNetwork;

[Network(6)]
[Features(5, Direction = Direction.Bidirectional, Merge = Merge.Average, LearnedState = true)]
public sealed partial class AveragedFeaturesNetwork;

[Network(6)]
[Blend(5, Direction = Direction.Bidirectional, Merge = Merge.Multiply, LayerNorm = true)]
public sealed partial class MultipliedBlendNetwork;

[Network(6, MaskedState = MaskedState.Reset)]
[Store(12, 5)]
public sealed partial class ResetStoreNetwork;

[Network(OneHot = 7)]
[Store(12, 5)]
public sealed partial class ClassStoreNetwork;

[Network(6, Deterministic = true)]
[Store(12, 5)]
public sealed partial class SameBitsStoreNetwork;

[Network(6)]
[Rhythm(10)]
public sealed partial class RhythmNetwork;

[Network(6)]
[Highway(9, depth: 4)]
public sealed partial class HighwayNetwork;

[Network(6)]
[Oscillator(17)]
public sealed partial class OscillatorNetwork;

[Network(6)]
[Projected(20, 5)]
public sealed partial class ProjectedNetwork;

[Network(6)]
[Bank(7, Times = new[] { 2.0, 30 })]
public sealed partial class BankNetwork;
