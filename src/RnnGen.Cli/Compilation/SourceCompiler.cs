using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator;

namespace RnnGen.Cli.Compilation;

/// <summary>Compiles a network's class with RnnGen's generator and analyzer, like a project that references its package.</summary>
internal static class SourceCompiler
{
    // The most diagnostics that a message shows.
    private const int Shown = 5;

    private static readonly Lazy<ImmutableArray<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
    ]);

    /// <summary>The image of an assembly.</summary>
    /// <param name="source">A C# file.</param>
    /// <exception cref="FormatException">There is an error; the message has the diagnostics.</exception>
    public static byte[] Compile(string source)
    {
        var parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);
        CSharpCompilation project = CSharpCompilation.Create(
            "Imported",
            [CSharpSyntaxTree.ParseText(source, parse, "ImportedModel.cs")],
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new RnnGenerator().AsSourceGenerator()], parseOptions: parse).RunGeneratorsAndUpdateCompilation(project, out Microsoft.CodeAnalysis.Compilation output, out _);

        // The analyzer first: it reports what is wrong with a network, while the compiler only reports missing members.
        Refuse(project.WithAnalyzers([new NetworkAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult());
        using var image = new MemoryStream();
        Refuse(output.Emit(image).Diagnostics);
        return image.ToArray();
    }

    private static void Refuse(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] errors = [.. diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)];
        if (errors.Length > 0)
            throw new FormatException($"the network does not compile: {string.Join("; ", errors.Take(Shown).Select(error => $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"))}");
    }
}
