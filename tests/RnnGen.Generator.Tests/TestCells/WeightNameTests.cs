using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>Places of weights whose names would be one identifier get two.</summary>
public sealed class WeightNameTests
{
    [Fact]
    public void Vectors_called_like_other_weights_have_places_of_their_own()
    {
        var catalogue = LayerCatalogue.Default.With(new LayerKind("Scaled", new RecurrentParts((spec, _, taped) => new Scaled(spec.Number("Units")).ToGraph(taped))));
        const string Attribute = """
            namespace TestLayers;
            public sealed class ScaledAttribute(int units) : RnnGen.RecurrentLayerAttribute { public int Units { get; } = units; }
            """;

        var run = GeneratorRun.Of(new GeneratorSetup { Catalogue = catalogue }, Attribute, """
            using RnnGen;
            using TestLayers;
            [Network(3)] [Scaled(5, Direction = Direction.Bidirectional)] [Dense(2)] public sealed partial class Net;
            """);

        run.AssertCompiles();
        string offsets = run.Sources.Single(file => file.Name.Contains(".Loops.", StringComparison.Ordinal)).Source;
        Assert.All(["Scaled0OfX ", "Scaled0OfX_2 ", "Scaled0Reverse ", "Scaled0Reverse_2 "], name => Assert.Contains($"const int {name}", offsets, StringComparison.Ordinal));
    }

    [Fact]
    public void Layers_may_be_called_like_weights_of_others() => GeneratorRun.Of("""
        using RnnGen;
        [Network(3)]
        [Lstm(5, Name = "lstm0", LearnedState = true)] [Lstm(5, Name = "lstm0OfX")] [Lstm(5, Name = "lstm0Reverse", Direction = Direction.Bidirectional)]
        [Dense(2, Name = "lstm0LearnedH")]
        public sealed partial class Net;
        """).AssertCompiles();

    /// <summary>Its vectors are called like the columns of its input, and like its second direction.</summary>
    private sealed class Scaled(int units) : Cell("scaled", units)
    {
        protected override void Declare()
        {
            DeclareState("h", Units);
            DeclareMatrix("weight", 1, Units, CellGraphBuilder.InputColumns, Units);
            DeclareVector("bias", 1, Units, Units);
            DeclareVector("scale", 2, Units, Units);
        }

        protected override void Equations() =>
            Next("h", (Diagonal("scale", 0, "ofX") * Tanh(Sum("hPre", Product("weight", 0, Input), Bias("bias", 0)))) + (Diagonal("scale", 1, "reverse") * State("h")));
    }
}
