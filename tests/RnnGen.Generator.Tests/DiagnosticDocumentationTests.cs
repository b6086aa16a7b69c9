using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Each diagnostic has an entry in the documentation, whose example gives it and whose cure does not, and a row in the release tracking.</summary>
[UsesVerify]
public sealed partial class DiagnosticDocumentationTests
{
    private static readonly string Documentation = Repository.Read("docs", "diagnostics.md").ReplaceLineEndings("\n");
    private static readonly string Releases = string.Concat(
        new[] { "Shipped", "Unshipped" }.Select(state => Repository.Read("generators", "RnnGen.Generator", $"AnalyzerReleases.{state}.md")));

    /// <summary>
    /// Errors with which the network is generated all the same: of who uses it, of another network beside it, of its files, and one that the compiler reports too.
    /// </summary>
    private static readonly string[] NotOfTheNetwork = ["RNN028", "RNN030", "RNN051", "RNN060", "RNN061", "RNN062", "RNN063"];

    /// <summary>Errors of a cell, whichever networks have it.</summary>
    private static readonly string[] OfCells = ["RNN070"];

    /// <summary>The weights that the examples name, as <c>docs/diagnostics.md</c> tells of them.</summary>
    private static readonly Dictionary<string, string> Weights = new()
    {
        ["digits.safetensors"] = """
            {
              "dense0.weight": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
              "dense0.bias": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}
            }
            12
            """,
        ["linear.safetensors"] = """
            {
              "__metadata__": {"format": "pt", "rnngen.architecture.1": "Network(InputSize = 2); Dense(Units = 1)"},
              "dense0.weight": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
              "dense0.bias": {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}
            }
            12
            """,
        ["damaged.safetensors"] = """{"dense0.weight":{"dtype":"F32","shape":[1,2]""",
    };

    /// <summary>Those of the build, which the compiler does not know; what they are is what the tests with NativeAOT show.</summary>
    private static readonly string[] BuildIds =
    [
        .. Directory.GetFiles(Repository.PathOf("src", "RnnGen", "build"), "*.targets")
            .Concat(Directory.GetFiles(Repository.PathOf("generators", "RnnGen.Build"), "*.cs"))
            .SelectMany(path => BuildIdPattern().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Ids => [.. DiagnosticDescriptors.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void The_table_holds_every_descriptor_once()
    {
        var fields = typeof(DiagnosticDescriptors).GetFields().Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>();
        Assert.Equal(fields.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal), DiagnosticDescriptors.All);
        Assert.Equal(DiagnosticDescriptors.All.Length, DiagnosticDescriptors.All.Select(descriptor => descriptor.Id).Distinct().Count());
    }

    [Fact]
    public void The_documentation_and_the_release_tracking_know_no_other_id()
    {
        var known = DiagnosticDescriptors.All.Select(descriptor => descriptor.Id);
        Assert.Equal(known.Concat(BuildIds), HeadingPattern().Matches(Documentation).Select(match => match.Groups[1].Value));
        Assert.Equal(known, RowPattern().Matches(Releases).Select(match => match.Groups[1].Value));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_example_gives_the_diagnostic_and_nothing_else(string id)
    {
        var run = GeneratorRun.Of(SetupFor(id), Example(id, 0));

        var diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(OfCells.Contains(id) ? "[Decay]" : "'Net'", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\{\d", diagnostic.GetMessage());
        Assert.True(diagnostic.Location.IsInSource);
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Error && !NotOfTheNetwork.Contains(id), run.Sources.All(source => source.Name.EndsWith(".Equations.g.cs", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_cure_gives_no_diagnostic_and_compiles(string id)
    {
        var run = GeneratorRun.Of(new GeneratorSetup { Weights = Weights }, Example(id, 1)).AssertCompiles();

        Assert.Empty(run.Diagnostics);
        Assert.NotEmpty(run.Sources);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_entry_and_the_row_say_what_the_descriptor_says(string id)
    {
        var descriptor = DiagnosticDescriptors.All.Single(candidate => candidate.Id == id);
        Assert.Contains($"**{descriptor.Title}**", Entry(id), StringComparison.Ordinal);
        Assert.Contains($"{id} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title}", Releases, StringComparison.Ordinal);
        Assert.EndsWith($"docs/diagnostics.md#{id.ToLowerInvariant()}", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Equal(descriptor.DefaultSeverity == DiagnosticSeverity.Info, string.CompareOrdinal(id, "RNN100") >= 0 && string.CompareOrdinal(id, "RNN200") < 0);
    }

    [Fact]
    public Task Messages() => Snapshot.Match(string.Join("\n", DiagnosticDescriptors.All.Select(descriptor =>
        $"{descriptor.Id} {GeneratorRun.Of(SetupFor(descriptor.Id), Example(descriptor.Id, 0)).Diagnostics[0].GetMessage()}")));

    /// <summary>The project that the example of an id stands in; most stand in the strictest.</summary>
    private static GeneratorSetup SetupFor(string id) => id switch
    {
        "RNN021" => new GeneratorSetup { Catalogue = Without("Gru") },
        "RNN200" => new GeneratorSetup { Language = LanguageVersion.CSharp11 },
        _ => new GeneratorSetup { Weights = Weights },
    };

    private static LayerCatalogue Without(string kind)
    {
        string[] kinds = ["Rnn", "Lstm", "Gru", "Dense", "LastStep"];
        return new LayerCatalogue(kinds.Where(name => name != kind).Select(name => LayerCatalogue.Default.Find(name)!));
    }

    private static string Entry(string id) => Documentation.Split("\n## ").SingleOrDefault(entry => entry.StartsWith(id, StringComparison.Ordinal))
        ?? throw new InvalidOperationException($"docs/diagnostics.md has no entry {id}.");

    private static string Example(string id, int index) => "using RnnGen;\n" + CodePattern().Matches(Entry(id))[index].Groups[1].Value;

    [GeneratedRegex("^## (RNN[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("\"(RNN2[0-9]{2})\"")]
    private static partial Regex BuildIdPattern();

    [GeneratedRegex("^(RNN[0-9]+) \\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodePattern();
}
