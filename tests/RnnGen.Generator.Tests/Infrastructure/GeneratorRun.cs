using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>
/// One run of generator and analyzer over a user's source. Every run also proves that nothing threw, that a second run on the same source is answered from the
/// cache, and that the cache holds no symbols: no test can forget to.
/// </summary>
/// <param name="Sources">The generated files by name, in the order in which they were added.</param>
/// <param name="AllDiagnostics">
/// What compiler and analyzer say, in the order of the source: from one pass over the code, which is what such a test takes its time for.
/// </param>
/// <param name="Output">The user's project with the generated files.</param>
internal sealed record GeneratorRun(IReadOnlyList<(string Name, string Source)> Sources, ImmutableArray<Diagnostic> AllDiagnostics, Compilation Output)
{
    /// <summary>What the analyzer says.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [.. AllDiagnostics.Where(IsRnnGenType)];

    /// <summary>The ids of <see cref="Diagnostics"/>.</summary>
    public IEnumerable<string> Ids => Diagnostics.Select(diagnostic => diagnostic.Id);

    /// <summary>Runs over a source in the strictest project.</summary>
    public static GeneratorRun Of(string source) => Of(new GeneratorSetup(), source);

    /// <summary>Runs over sources in a given project.</summary>
    public static GeneratorRun Of(GeneratorSetup setup, params IEnumerable<string> sources)
    {
        var input = setup.Compile(sources);
        var driver = setup.CreateDriver().RunGeneratorsAndUpdateCompilation(input, out var output, out var reported);
        var result = driver.GetRunResult().Results.Single();
        Assert.True(result.Exception is null, $"The generator threw: {result.Exception}");
        AssertReported(reported, output, setup);

        Caching.AssertCached(driver.RunGenerators(input.Clone()).GetRunResult().Results.Single());
        Caching.AssertHoldsNoSymbols(result);

        return new GeneratorRun([.. result.GeneratedSources.Select(file => (file.HintName, file.SourceText.ToString()))], Analyze(output, setup), output);
    }

    /// <summary>
    /// The analyzer reports; a warning of the driver would say that the generator failed. Where an error of the compiler keeps the analyzer from being run, the generator says the
    /// same, at the same places.
    /// </summary>
    private static void AssertReported(ImmutableArray<Diagnostic> reported, Compilation output, GeneratorSetup setup)
    {
        if (reported.IsEmpty)
            return;
        Assert.Equal(Analyze(output, setup).Where(IsRnnGenType).Select(Text).Order(StringComparer.Ordinal), reported.Select(Text).Order(StringComparer.Ordinal));

        static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.Location.GetLineSpan()} {diagnostic.Severity} {diagnostic.GetMessage()}";
    }

    /// <summary>Only what the generator makes of the sources, for tests whose subject is what the code computes.</summary>
    public static Compilation Generate(GeneratorSetup setup, params IEnumerable<string> sources)
    {
        setup.CreateDriver().RunGeneratorsAndUpdateCompilation(setup.Compile(sources), out var output, out var reported);
        Assert.Empty(reported);
        return output;
    }

    /// <summary>Asserts that the project compiles without an error and without a warning, advice aside.</summary>
    public GeneratorRun AssertCompiles()
    {
        AssertNothing(Diagnostics.Where(diagnostic => diagnostic.DefaultSeverity >= DiagnosticSeverity.Warning));
        AssertNothing(CompilerProblems());
        using var image = new MemoryStream();
        AssertNothing(Output.Emit(image).Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)); // Some come only when the image is written.
        return this;
    }

    /// <summary>What the compiler says against the project, but for the missing documentation of the test's own classes.</summary>
    public IEnumerable<Diagnostic> CompilerProblems() => AllDiagnostics.Where(diagnostic => !IsRnnGenType(diagnostic) && diagnostic.Severity >= DiagnosticSeverity.Warning
        && !(diagnostic.Id == "CS1591" && diagnostic.Location.SourceTree is { FilePath: var path } && path.StartsWith("User", StringComparison.Ordinal)));

    private void AssertNothing(IEnumerable<Diagnostic> problems)
    {
        var lines = problems.Take(20).Select(problem => $"{problem}\n    {Line(problem.Location)}").ToList();
        Assert.True(lines.Count == 0, string.Join("\n", lines));
    }

    private static string? Line(Location location) => location.SourceTree?.GetText().Lines[location.GetLineSpan().StartLinePosition.Line].ToString().Trim();

    private static bool IsRnnGenType(Diagnostic diagnostic) => diagnostic.Id.StartsWith("RNN", StringComparison.Ordinal);

    private static ImmutableArray<Diagnostic> Analyze(Compilation compilation, GeneratorSetup setup)
    {
        var analyzer = new NetworkAnalyzer(setup.Catalogue);
        var diagnostics = compilation.WithAnalyzers([analyzer], AdditionalWeights.Options(setup.Weights)).GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001"); // The analyzer threw.
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }
}
