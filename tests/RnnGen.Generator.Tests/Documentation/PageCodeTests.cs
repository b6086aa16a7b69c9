using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>Every block of C# in the documentation compiles, and every excerpt of generated code is generated.</summary>
public sealed partial class PageCodeTests
{
    /// <summary>Its blocks are examples of errors; <see cref="DiagnosticDocumentationTests"/> has them.</summary>
    private const string Diagnostics = "docs/diagnostics.md";

    [Fact]
    public async Task Every_block_compiles()
    {
        PageCode[] pages = [.. Pages.All.Where(page => page != Diagnostics).Select(page => PageCode.Of(page, Pages.Read(page)))];
        var setup = new GeneratorSetup
        {
            Weights = new Dictionary<string, string> { ["digits.safetensors"] = Header("src", "Samples", "Embedded", "Digits", "digits.safetensors") },
            Others = [.. new[] { typeof(global::RnnGen.Cells.MinGruAttribute), typeof(global::RnnGen.Latency.LatencyReport), typeof(global::RnnGen.Formats.ModelFormats) }
                .Select(type => MetadataReference.CreateFromFile(type.Assembly.Location))],
        };
        string[] sources = [.. pages.Select(page => page.Source)];
        Compilation output = GeneratorRun.Generate(setup, sources);

        // The analyzer looks at the pages alone, and the compiler's errors are those of the pages: with all generated code this would take a minute.
        var ofGenerator = await setup.Compile(sources).WithAnalyzers([new NetworkAnalyzer(setup.Catalogue)], AdditionalWeights.Options(setup.Weights)).GetAnalyzerDiagnosticsAsync();
        var ofPages = output.SyntaxTrees.Where(tree => UserFile().IsMatch(tree.FilePath)).SelectMany(tree => output.GetSemanticModel(tree).GetDiagnostics());
        string[] problems = [.. ofPages.Concat(ofGenerator).Where(problem => problem.DefaultSeverity == DiagnosticSeverity.Error).Select(problem => Describe(problem, pages))];
        Assert.True(problems.Length == 0, string.Join('\n', problems));

        string generated = Narrow(string.Join('\n', output.SyntaxTrees.Select(tree => tree.ToString())));
        foreach (PageCode page in pages)
            Assert.All(page.Generated, excerpt => Assert.True(generated.Contains(Narrow(excerpt), StringComparison.Ordinal), $"{page.Name}: no network of the pages has this code:\n{excerpt}"));
    }

    [Fact]
    public void Every_excerpt_of_a_snapshot_stands_there()
    {
        int found = 0;
        foreach (string page in Pages.All)
        {
            foreach (Match excerpt in Snapshots().Matches(Pages.Read(page)))
            {
                found++;
                Assert.Contains(Narrow(excerpt.Groups[2].Value), Narrow(Repository.Read("tests", "RnnGen.Generator.Tests", "Snapshots", excerpt.Groups[1].Value).ReplaceLineEndings("\n")), StringComparison.Ordinal);
            }
        }

        Assert.True(found > 0);
    }

    private static string Describe(Diagnostic problem, PageCode[] pages)
    {
        string file = problem.Location.SourceTree?.FilePath ?? "";
        string page = UserFile().Match(file) is { Success: true } match ? pages[int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)].Name : file;
        string? line = problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim();
        return $"{page}: {problem.Id} {problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}\n    {line}";
    }

    /// <summary>A safetensors file as the build gives it to the generator: its header, and the bytes of its tensors.</summary>
    private static string Header(params string[] path)
    {
        byte[] file = File.ReadAllBytes(Repository.PathOf(path));
        int length = (int)BitConverter.ToInt64(file);
        return $"{Encoding.UTF8.GetString(file, 8, length)}\n{file.Length - 8 - length}";
    }

    private static string Narrow(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    [GeneratedRegex("<!-- snapshot (\\S+) -->\n```text\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snapshots();

    [GeneratedRegex(@"^User(\d+)\.cs$")]
    private static partial Regex UserFile();
}
