using Microsoft.CodeAnalysis;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>What cannot be a cell: each mistake is one diagnostic, at its place in the user's code, and says what can be written instead.</summary>
public sealed class MistakeTests
{
    private static readonly IReadOnlyDictionary<string, Mistake> Mistakes = UnreadableCells.All.Concat(WrongEquations.All).ToDictionary(mistake => mistake.Name);

    public static TheoryData<string> Names => [.. Mistakes.Keys];

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
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(mistake.Id, diagnostic.Id);
        Assert.Contains(mistake.Words, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(mistake.Source.Substring(mistake.Place.Start, mistake.Place.Length), Text(diagnostic));
        Assert.Equal(mistake.Place.Start, diagnostic.Location.SourceSpan.Start);
    }

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

        Assert.Equal(3, Parse(mistake.Source).Diagnostics.Length);
    }

    [Fact]
    public void A_mistake_in_a_method_that_nothing_calls_is_none()
    {
        var mistake = new Mistake("unused", "Vector h = State(\"h\"); Next(h, Gate(\"g\", x));", "", "") { Members = "public static int Ask() => int.Parse(\"3\");" };

        Assert.Empty(Parse(mistake.Source).Diagnostics);
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
        Assert.Empty(Parse(source).Diagnostics);
        int first = source.IndexOf("GateOrder", StringComparison.Ordinal), last = source.IndexOf("Half(h)", StringComparison.Ordinal);
        for (int at = first; at < last; at++)
        {
            if (char.IsLetterOrDigit(source[at]))
                continue;
            Parse(source.Remove(at, 1));
            Parse(source[..at] + source[last..]);
        }
    }

    private static SpecResult Parse(string source)
    {
        var project = new GeneratorSetup().Compile(source);
        // Behind half of a brace the network is a part of the cell.
        return project.GetTypeByMetadataName("Net") is not { } type ? SpecResult.Nothing : SpecParser.Parse(type, project, LayerCatalogue.Default, files: null, CancellationToken.None);
    }

    private static string Text(Diagnostic diagnostic) => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
