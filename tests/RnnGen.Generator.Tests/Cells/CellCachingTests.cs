using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>What is done again after an edit of a cell, which mostly stands in another file than the networks that have it.</summary>
public sealed class CellCachingTests
{
    private const string Cells = """
        using RnnGen;
        using static RnnGen.Equations;
        // Two cells.
        public sealed class SlowAttribute(int units) : CellAttribute(units)
        {
            public double Rate { get; set; } = 0.5;
            protected override void Define(Vector x)
            {
                // The equations.
                Vector h = State("h");
                Next(h, Rate * Tanh(Gate("n", x, h)) + Half(h));
            }
            private static Vector Half(Vector v) => 0.5 * v;
            public int Unrelated() => 3;
        }
        public sealed class FastAttribute(int units) : CellAttribute(units)
        {
            protected override void Define(Vector x)
            {
                Vector h = State("h");
                Next(h, Sigmoid(Gate("n", x, h)));
            }
        }
        """;

    private const string Networks = """
        using RnnGen;
        [Network(3)] [Slow(4)] public sealed partial class SlowNet;
        [Network(3)] [Fast(4)] public sealed partial class FastNet;
        [Network(3)] [Gru(4)] public sealed partial class OtherNet;
        """;

    [Theory]
    [InlineData("The equations", "Other words")]
    [InlineData("Two cells", "Or more")]
    [InlineData("using RnnGen;", "using System; using RnnGen;")]
    [InlineData("=> 3", "=> 4")]
    [InlineData("Rate * Tanh", "Rate  *  Tanh")]
    [InlineData("double Rate", "double  Rate")]
    public void An_edit_that_leaves_the_equations_alone_generates_nothing_anew(string before, string after)
    {
        var (specs, outputs) = Edit(before, after);

        Caching.AssertCached(specs, outputs);
    }

    [Theory]
    [InlineData("Rate * Tanh", "Rate * Sigmoid")]
    [InlineData("0.5 * v", "0.25 * v")]
    [InlineData("Rate { get; set; } = 0.5", "Rate { get; set; } = 0.75")]
    [InlineData("State(\"h\");\n        Next(h, Rate", "State(\"s\");\n        Next(h, Rate")]
    public void An_edit_of_the_equations_generates_the_networks_with_that_cell_anew(string before, string after)
    {
        var (specs, outputs) = Edit(before, after);

        Assert.Equal(IncrementalStepRunReason.Modified, specs.First());
        Assert.All(specs.Skip(1), reason => Assert.Contains(reason, (IncrementalStepRunReason[])[IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached]));
        // Of the cells' equations, one file is new; of the networks, those of one.
        Assert.Equal(2, outputs.Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(outputs.Where(reason => reason != IncrementalStepRunReason.Modified), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_mistake_in_a_cell_removes_the_networks_that_have_it_and_no_other()
    {
        var setup = new GeneratorSetup();
        var good = setup.Compile(Cells, Networks);
        var driver = setup.CreateDriver().RunGenerators(good);
        var whole = Names(driver);
        driver = driver.RunGenerators(Replace(good, setup, Cells.Replace("0.5 * v", "int.Parse(\"3\") * v", StringComparison.Ordinal)));
        var left = Names(driver);

        Assert.Contains(whole, name => name.StartsWith("SlowNet", StringComparison.Ordinal));
        Assert.Equal(whole.Where(name => !name.StartsWith("Slow", StringComparison.Ordinal)), left);
        Assert.Equal(whole, Names(driver.RunGenerators(good)));
    }

    [Fact]
    public void A_mistake_in_a_cell_that_no_network_has_generates_nothing_anew()
    {
        const string Unused = """
            using RnnGen;
            public sealed class UnusedAttribute(int units) : CellAttribute(units)
            {
                protected override void Define(Vector x) => Next(State("h"), Gate("n", x));
            }
            """;
        var setup = new GeneratorSetup();
        var input = setup.Compile(Unused, Cells, Networks);
        var driver = setup.CreateDriver().RunGenerators(input);
        var result = driver.RunGenerators(Replace(input, setup, Unused.Replace("Gate(\"n\", x)", "int.Parse(\"3\")", StringComparison.Ordinal))).GetRunResult().Results.Single();

        Caching.AssertHoldsNoSymbols(result);
        Assert.All(Caching.SpecReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, Unread(reason)));
        Assert.All(Caching.OutputReasons(result), reason => Assert.Contains(reason, (IncrementalStepRunReason[])[IncrementalStepRunReason.Cached, IncrementalStepRunReason.Removed]));
        Assert.Single(Caching.OutputReasons(result), IncrementalStepRunReason.Removed);
    }

    /// <summary>However many layers it is: the metadata needs it too, and so does the analyzer.</summary>
    [Fact]
    public void A_cell_is_read_once_in_a_compilation()
    {
        var project = new GeneratorSetup().Compile(Cells);
        var cell = project.GetTypeByMetadataName("SlowAttribute")!;
        var reading = CellReader.Read(cell, project, CancellationToken.None);

        Assert.Same(reading, CellReader.Read(cell, project, CancellationToken.None));
        Assert.NotSame(reading, CellReader.Read(cell, project.Clone(), CancellationToken.None));
    }

    [Fact]
    public void An_option_of_the_layer_generates_that_network_anew()
    {
        var setup = new GeneratorSetup();
        var input = setup.Compile(Networks, Cells);
        var driver = setup.CreateDriver().RunGenerators(input);
        var result = driver.RunGenerators(Replace(input, setup, Networks.Replace("Slow(4)", "Slow(4, Rate = 0.3)", StringComparison.Ordinal))).GetRunResult().Results.Single();

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], Caching.SpecReasons(result).Select(Unread));
        Assert.Single(Caching.OutputReasons(result), IncrementalStepRunReason.Modified);
    }

    private static IncrementalStepRunReason Unread(IncrementalStepRunReason reason) => reason == IncrementalStepRunReason.Unchanged ? IncrementalStepRunReason.Cached : reason;

    private static (IReadOnlyList<IncrementalStepRunReason> Specs, IReadOnlyList<IncrementalStepRunReason> Outputs) Edit(string before, string after)
    {
        string edited = Cells.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Cells, edited);
        var setup = new GeneratorSetup();
        var input = setup.Compile(Cells, Networks);
        var driver = setup.CreateDriver().RunGenerators(input);
        var result = driver.RunGenerators(Replace(input, setup, edited)).GetRunResult().Results.Single();
        Caching.AssertHoldsNoSymbols(result);
        return ([.. Caching.SpecReasons(result)], [.. Caching.OutputReasons(result)]);
    }

    private static Compilation Replace(CSharpCompilation project, GeneratorSetup setup, string source) =>
        project.ReplaceSyntaxTree(project.SyntaxTrees[0], CSharpSyntaxTree.ParseText(source, setup.ParseOptions, "User0.cs"));

    private static List<string> Names(GeneratorDriver driver) =>
        [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => source.HintName).Order(StringComparer.Ordinal)];
}
