using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>
/// Cells of other projects and packages: their equations stand in the metadata. A reference is an image on disk, or, in an editor, another project's compilation,
/// whose trees this one's semantic models refuse.
/// </summary>
public sealed class CellsOfAssembliesTests
{
    private const string Cell = """
        using RnnGen;
        using static RnnGen.Equations;
        namespace Their;
        public enum Speed { Slow, Fast }
        public static class Cells
        {
            public sealed class BlendAttribute(int units, int memory = 3) : CellAttribute(units)
            {
                public Speed Speed { get; set; }
                public double[] Rates { get; set; } = [0.5];
                protected override void Define(Vector x)
                {
                    Vector h = State("h"), m = State("m", memory);
                    foreach (double rate in Rates)
                        h = h * rate;
                    Next(m, Tanh(Product("in", x, memory) + m));
                    string quoted = "\"\\";
                    Vector n = Tanh(Gate("n", x, h) + Product(quoted == "\"\\" ? "out" : "none", m));
                    Next(State("h"), Speed == Speed.Fast ? n : 0.5 * n + 0.5 * h);
                }
                protected override void Initialize(string parameter, System.Span<float> values)
                {
                    if (parameter == "bias_ih")
                        values.Fill((float)Rates[0]);
                }
            }
        }
        """;

    private const string Net = """
        using RnnGen;
        using Their;
        [Network(5)] [Cells.Blend(4, Speed = Speed.Fast, Rates = new[] { 0.5, 0.25 }, LayerNorm = true)] [Dense(2)] public sealed partial class Net;
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cell_of_another_project_gives_the_same_code(bool isImage)
    {
        var whole = GeneratorRun.Of(new GeneratorSetup(), Cell, Net).AssertCompiles();
        var run = GeneratorRun.Of(new GeneratorSetup { Others = [Reference(Built(Cell), isImage)] }, Net).AssertCompiles();

        Assert.Equal(whole.Sources.Where(source => source.Name.StartsWith("Net", StringComparison.Ordinal)), run.Sources);
        Assert.Empty(run.Ids);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_assembly_without_equations_is_reported(bool isImage) => AssertRefused(
        new GeneratorSetup { AssemblyName = "Their" }.Compile(Cell), isImage,
        "comes from the assembly 'Their', which holds no equations; build 'Their' with the RnnGen package, whose generator writes them into it");

    [Fact]
    public void A_later_version_is_reported() => AssertRefused(
        Built(Cell), true, "comes from 'Their' with equations of version 2, and this generator reads version 1; use the same version of RnnGen in both",
        equations => equations.Replace(", 1, ", ", 2, ", StringComparison.Ordinal));

    [Fact]
    public void Damaged_equations_are_reported() => AssertRefused(
        Built(Cell), true, "comes from 'Their' with equations that cannot be read (at character 1, expected what an operation is called); rebuild it",
        equations => equations.Replace("(Cell(", "(Sell(", StringComparison.Ordinal));

    [Fact]
    public void What_cannot_be_computed_is_reported_at_the_layer()
    {
        var run = GeneratorRun.Of(
            new GeneratorSetup { Others = [Reference(Built(Cell.Replace("State(\"m\", memory)", "State(\"m\", memory - 1)", StringComparison.Ordinal)), true)] },
            "[RnnGen.Network(5)] [Their.Cells.Blend(4)] public partial class Net;");
        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("RNN071", diagnostic.Id);
        Assert.Contains("an equation has a vector of 3 elements and one of 2", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("Their.Cells.Blend(4)", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan));
    }

    /// <summary>Its base and the method may stand in two files, and a third may have another method of that name.</summary>
    [Fact]
    public void A_cell_in_parts_is_written_once()
    {
        string parts = """
            using RnnGen;
            namespace Their;
            public sealed partial class BlendAttribute { protected override void Define(Vector x) { Vector h = State("h"); Next(h, Sum(h, Gate("n", x))); } }
            public sealed partial class BlendAttribute(int units) : CellAttribute(units);
            public sealed partial class BlendAttribute { private static Vector Sum(Vector a, Vector b) => a + b; public void Define(int times) => Times = times; public int Times { get; set; } }
            """;
        var run = GeneratorRun.Of(new GeneratorSetup { Others = [Reference(Built(parts), true)] }, "using RnnGen; using Their; [Network(5)] [Blend(4)] public sealed partial class Net;").AssertCompiles();

        Assert.NotEmpty(run.Sources);
    }

    [Fact]
    public void A_cell_that_was_built_again_generates_its_networks_anew()
    {
        var setup = new GeneratorSetup { Others = [Reference(Built(Cell), true)] };
        var driver = setup.CreateDriver().RunGenerators(setup.Compile(Net));

        setup = setup with { Others = [Reference(Built(Cell), true)] };
        var same = (driver = driver.RunGenerators(setup.Compile(Net))).GetRunResult().Results.Single();
        setup = setup with { Others = [Reference(Built(Cell.Replace("0.5 * h", "0.25 * h", StringComparison.Ordinal)), true)] };
        var changed = driver.RunGenerators(setup.Compile(Net)).GetRunResult().Results.Single();

        Caching.AssertCached(same);
        Assert.Equal([IncrementalStepRunReason.Modified], Caching.SpecReasons(changed));
    }

    [Fact]
    public void Text_is_what_was_written_or_is_refused()
    {
        string text = Written(Built(Cell));
        Assert.Equal(text, CellText.Write(CellText.Read(text)));
        Assert.Throws<FormatException>(() => CellText.Read(string.Concat(Enumerable.Repeat("(Block", 100_000))));

        // Whatever a text has become, it is read or refused; what is read still has a cell's equations, or is refused as such.
        var random = new Random(1);
        for (int turn = 0; turn < (SlowTests.Run ? 2000 : 400); turn++)
        {
            int at = random.Next(text.Length), length = random.Next(1, 40);
            string damaged = random.Next(3) switch
            {
                0 => text.Remove(at, Math.Min(length, text.Length - at)),
                1 => text.Insert(at, text.Substring(random.Next(text.Length - 40), length)),
                _ => text[..at] + (char)random.Next(32, 127) + text[(at + 1)..],
            };
            Compute(damaged);
        }
    }

    private static void Compute(string text)
    {
        try
        {
            var spec = Cases.Spec(5, "Blend Units=4 Memory=3", "Dense Units=2");
            var layer = spec.Layers[0] with { Cell = new CellSpec("Their.Blend", text, new EquatableArray<LayerOption>([new("Units", "Int32"), new("Memory", "Int32")]), null) };
            NetworkGraph.Of(spec with { Layers = new EquatableArray<LayerSpec>([layer, spec.Layers[1]]) }, LayerCatalogue.Default);
        }
        catch (Exception problem) when (problem is FormatException or CellProblemException)
        {
        }
    }

    private static void AssertRefused(Compilation theirs, bool isImage, string words, Func<string, string>? damage = null)
    {
        if (damage is not null)
        {
            var tree = theirs.SyntaxTrees.Single(tree => tree.ToString().Contains("assembly:", StringComparison.Ordinal));
            theirs = theirs.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(damage(tree.ToString()))));
        }

        var run = GeneratorRun.Of(new GeneratorSetup { Others = [Reference(theirs, isImage)] }, Net);

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("RNN070", diagnostic.Id);
        Assert.Equal("The cell [Blend] " + words, diagnostic.GetMessage());
        Assert.StartsWith("Cells.Blend(4", diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan), StringComparison.Ordinal);
        Assert.Empty(run.Sources);
    }

    private static string Written(Compilation theirs) => (string)theirs.Assembly.GetAttributes().Single(attribute => attribute.AttributeClass!.Name == "CellEquationsAttribute").ConstructorArguments[2].Value!;

    /// <summary>A project with the files that the generator adds.</summary>
    private static Compilation Built(string source) => GeneratorRun.Generate(new GeneratorSetup { AssemblyName = "Their" }, source);

    private static MetadataReference Reference(Compilation project, bool isImage)
    {
        if (!isImage)
            return project.ToMetadataReference();
        using var image = new MemoryStream();
        var problems = project.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Empty(problems);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
