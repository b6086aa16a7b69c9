using Microsoft.CodeAnalysis;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>What cannot be a cell: each mistake is one diagnostic, at its place in the user's code, and says what can be written instead.</summary>
public sealed class MistakeTests
{
    private static readonly IReadOnlyDictionary<string, Mistake> Mistakes = UnreadableCells.All.Concat(WrongEquations.All).ToDictionary(mistake => mistake.Name);

    private const string Sound = """public sealed class MineAttribute(int units) : CellAttribute(units) { protected override void Define(Vector x) => Next(State("h"), Gate("g", x)); }""";

    public static TheoryData<string> Names => [.. Mistakes.Keys];

    public static TheoryData<string> Unreadable => [.. UnreadableCells.All.Select(mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mistake_is_reported_at_its_place(string name)
    {
        var mistake = Mistakes[name];
        var project = new GeneratorSetup().Compile(mistake.Source);
        // Switches without a default, and code behind loops without an end, are warnings.
        Assert.Empty(project.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error && !problem.IsWarningAsError));

        var result = SpecParser.Parse(project.GetTypeByMetadataName("Net")!, project, LayerCatalogue.Default, files: null, CancellationToken.None);

        Assert.Null(result.Spec);
        AssertIs(mistake, Assert.Single(OfCells(project).Concat(result.Diagnostics)));
    }

    /// <summary>Otherwise who uses the package of cells would be the first to hear of it.</summary>
    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_mistake_is_reported_where_no_network_has_the_cell(string name) =>
        AssertIs(Mistakes[name], Assert.Single(OfCells(new GeneratorSetup().Compile(Mistakes[name].WithoutNetwork))));

    [Fact]
    public void A_mistake_is_reported_once_however_many_networks_and_layers_have_the_cell()
    {
        var mistake = Mistakes["a mutable field"];
        var run = GeneratorRun.Of(mistake.WithoutNetwork + """

            [Network(3)] [Mine(4)] [Mine(5)] public sealed partial class Net;
            [Network(3)] [Mine(4)] [Dense(2)] public sealed partial class OtherNet;
            [Network(3)] [Gru(4)] public sealed partial class SoundNet;
            """);

        AssertIs(mistake, Assert.Single(run.Diagnostics));
        Assert.All(run.Sources, source => Assert.StartsWith("SoundNet.", source.Name, StringComparison.Ordinal));
        Assert.NotEmpty(run.Sources);
    }

    [Fact]
    public void A_project_of_cells_alone_is_told_and_holds_none_of_the_equations_that_cannot_be_read()
    {
        var mistake = Mistakes["a lambda"];
        var run = GeneratorRun.Of(mistake.WithoutNetwork);

        AssertIs(mistake, Assert.Single(run.Diagnostics));
        Assert.Empty(run.Sources);
    }

    /// <summary>No network can have an abstract class, which may hold what cells share: it is none, and what derives from it is told to derive from CellAttribute.</summary>
    [Fact]
    public void An_abstract_cell_is_none_and_what_derives_from_it_is_told()
    {
        const string Base = """
            using RnnGen;
            public abstract class BaseAttribute(int units) : CellAttribute(units)
            {
                protected override void Define(Vector x) => Next(State("h"), int.Parse("3") * State("h"));
            }

            """;
        var alone = GeneratorRun.Of(Base);
        Assert.Empty(alone.Diagnostics);
        Assert.Empty(alone.Sources);

        var diagnostic = Assert.Single(GeneratorRun.Of(Base + "public sealed class MineAttribute(int units) : BaseAttribute(units);").Diagnostics);
        Assert.Equal("RNN070", diagnostic.Id);
        Assert.Equal("The cell [Mine] derives from another cell; derive from CellAttribute itself, and share equations by static methods", diagnostic.GetMessage());
        Assert.Equal("MineAttribute", Text(diagnostic));
    }

    [Fact]
    public void A_cell_in_a_generic_class_is_generic() => Assert.Contains(
        "The cell [Mine] has type parameters; remove them",
        Assert.Single(OfCells(new GeneratorSetup().Compile($"using RnnGen; public static class Outer<T> {{ {Sound} }}"))).GetMessage(), StringComparison.Ordinal);

    [Fact]
    public void Every_mistake_is_reported_and_nothing_is_generated()
    {
        var run = GeneratorRun.Of(Mistakes["a mutable field"].Source);

        Assert.Equal("RNN070", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Sources);
    }

    [Fact]
    public void Several_mistakes_are_reported_together()
    {
        var mistake = new Mistake("several", "Vector h = State(\"h\"); goto end; end: Next(h, h * int.Parse(\"3\") * Environment.ProcessorCount);", "RNN070", "");

        Assert.Equal(3, OfCells(new GeneratorSetup().Compile(mistake.Source)).Count());
    }

    [Fact]
    public void A_mistake_in_a_method_that_nothing_calls_is_none()
    {
        var mistake = new Mistake("unused", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x));", "", "") { Members = "public static int Ask() => int.Parse(\"3\");" };

        Assert.Empty(OfCells(new GeneratorSetup().Compile(mistake.Source)));
    }

    /// <summary>In an editor most code is half written: it is read without an exception.</summary>
    [Fact]
    public void Half_written_code_is_read()
    {
        string source = new Mistake("", """
            GateOrder("a", "b");
            Vector h = State("h"), m = State("m", 2 * Units);
            (Vector p, int k) = (Weight("p", 0.5, rows: 2), 3);
            Vector[] parts = new Vector[k];
            for (int n = 0; n < parts.Length; n++) { parts[n] = n switch { 0 => p[0], 1 => p[1] * h, _ => Product($"w{n}", m) }; }
            foreach (Vector part in parts) { h = h + Select(part > 0, part, -part); }
            switch (k) { case 1: break; default: Next(m, Tanh(m)); break; }
            Next(State("h"), Sigmoid(Gate("a", x, State("h"))) * Activate(Activation.Elu, Gate("b", x), alpha: 0.5) + Half(h));
            """, "", "") { Members = "private static Vector Half(Vector v) => v * 0.5;" }.Source;
        Assert.Empty(Parse(source));
        int first = source.IndexOf("GateOrder", StringComparison.Ordinal), last = source.IndexOf("Half(h)", StringComparison.Ordinal);
        for (int at = first; at < last; at++)
        {
            if (char.IsLetterOrDigit(source[at]))
                continue;
            Parse(source.Remove(at, 1));
            Parse(source[..at] + source[last..]);
        }
    }

    private static IEnumerable<Diagnostic> Parse(string source)
    {
        var project = new GeneratorSetup().Compile(source);
        // Behind half of a brace the network is a part of the cell.
        var network = project.GetTypeByMetadataName("Net") is { } type ? SpecParser.Parse(type, project, LayerCatalogue.Default, files: null, CancellationToken.None).Diagnostics : [];
        return [.. OfCells(project), .. network];
    }

    /// <summary>What the project's cells say.</summary>
    private static IEnumerable<Diagnostic> OfCells(Compilation project) => project.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
        .SelectMany(type => CellProblems.OfClass(type, project, CancellationToken.None));

    private static void AssertIs(Mistake mistake, Diagnostic diagnostic)
    {
        Assert.Equal(mistake.Id, diagnostic.Id);
        Assert.Contains(mistake.Words, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(mistake.Source.Substring(mistake.Place.Start, mistake.Place.Length), Text(diagnostic));
        Assert.Equal(mistake.Place.Start, diagnostic.Location.SourceSpan.Start);
    }

    private static string Text(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
