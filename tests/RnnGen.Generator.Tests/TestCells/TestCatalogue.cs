using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>The shipped layers and those that only the tests have.</summary>
internal static class TestCatalogue
{
    /// <summary>The attributes of the test's layers, for a user's source.</summary>
    public const string Attributes = """
        namespace TestLayers;
        public sealed class PeepholeLstmAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class CoupledLstmAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class ProjectedLstmAttribute(int units, int projection) : RnnGen.LayerAttribute
        {
            public int Units { get; } = units;
            public int Projection { get; } = projection;
        }
        public sealed class GruResetBeforeAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class DecayingAttribute(int units) : RnnGen.LayerAttribute { public int Units { get; } = units; }
        public sealed class RelayAttribute(int units, int memory) : RnnGen.LayerAttribute
        {
            public int Units { get; } = units;
            public int Memory { get; } = memory;
        }
        """;

    /// <summary>All layers.</summary>
    public static LayerCatalogue All { get; } = LayerCatalogue.Default.With(
        new LayerKind("PeepholeLstm", LayerRole.Recurrent, [], (spec, _) => new PeepholeLstm(spec.Number("Units"))),
        new LayerKind("CoupledLstm", LayerRole.Recurrent, [], (spec, _) => new CoupledLstm(spec.Number("Units"))),
        new LayerKind("ProjectedLstm", LayerRole.Recurrent, [], (spec, _) => new ProjectedLstm(spec.Number("Units"), spec.Number("Projection"))),
        new LayerKind("GruResetBefore", LayerRole.Recurrent, [], (spec, _) => new GruResetBefore(spec.Number("Units"))),
        new LayerKind("Decaying", LayerRole.Recurrent, [], (spec, _) => new Decaying(spec.Number("Units"))),
        new LayerKind("Relay", LayerRole.Recurrent, [], (spec, _) => new Relay(spec.Number("Units"), spec.Number("Memory"))));
}
