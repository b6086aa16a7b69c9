using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Graph.Layers;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>The shipped layers and those that only the tests have.</summary>
internal static class TestCatalogue
{
    /// <summary>The attributes of the test's layers, for a user's source.</summary>
    public const string Attributes = """
        namespace TestLayers;
        public sealed class DecayingAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class ElementaryAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class GappedAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class RelayAttribute(int units, int memory) : RnnGen.LayerAttribute
        {
            public int Units { get; } = units;
            public int Memory { get; } = memory;
        }
        public sealed class SingularAttribute(int units) : RnnGen.RecurrentLayerAttribute { public int Units { get; } = units; }
        """;

    /// <summary>All layers.</summary>
    public static LayerCatalogue All { get; } = LayerCatalogue.Default.With(
        new LayerKind("Decaying", new RecurrentParts((spec, input, taped) => new Decaying(spec).ToGraph(input.Size, taped))),
        new LayerKind("Elementary", new RecurrentParts((spec, input, taped) => new Elementary(spec).ToGraph(input.Size, taped))),
        new LayerKind("Gapped", new RecurrentParts((spec, _, taped) => new Gapped(spec.Number("Units")).ToGraph(taped))),
        new LayerKind("Relay", new RecurrentParts((spec, _, taped) => new Relay(spec.Number("Units"), spec.Number("Memory")).ToGraph(taped))),
        new LayerKind("Singular", new RecurrentParts((spec, input, taped) => new Singular(spec).ToGraph(input.Size, taped)))
        {
            Defaults = [new("Direction", "Forward"), new("Merge", MergeCell.Concat), new("Bias", "true")],
            TrainingOptions = ["RecurrentDropout"],
        });
}
