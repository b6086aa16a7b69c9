using RnnGen;

namespace Fading;

/// <summary>A network of a cell that its own project defines: every CPU gives the same bits.</summary>
[Network(4, Deterministic = true)]
[Fading(19)]
[Dense(3)]
[NativeExport("fading")]
public sealed partial class FadingNetwork;
