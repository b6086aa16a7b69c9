using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>The project that a test's source is compiled in: the strictest that a user may have, unless a test says otherwise.</summary>
internal sealed record GeneratorSetup
{
    /// <summary>.NET and the library.</summary>
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(NetworkAttribute).Assembly.Location),
    ];

    /// <summary>The layers there are.</summary>
    public LayerCatalogue Catalogue { get; init; } = LayerCatalogue.Default;

    /// <summary>Whether the project allows unsafe code; generated code has none.</summary>
    public bool AllowUnsafe { get; init; }

    /// <summary>Whether the project's arithmetic is checked.</summary>
    public bool CheckOverflow { get; init; }

    /// <summary>Whether the project's references are nullable or not by what is written.</summary>
    public bool Nullable { get; init; } = true;

    /// <summary>The C# that it is written in.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Latest;

    /// <summary>What it is compiled to.</summary>
    public OutputKind Kind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>The assembly's name. <c>RnnGen.Tests</c> sees the library's internals and may therefore declare a layer of its own.</summary>
    public string AssemblyName { get; init; } = "User";

    /// <summary>The project's weights: path and header.</summary>
    public IReadOnlyDictionary<string, string> Weights { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the compiler optimises it.</summary>
    public OptimizationLevel Optimization { get; init; }

    /// <summary>The properties of the project that the build shows to the compiler.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>What it references beside .NET and the library.</summary>
    public IReadOnlyList<MetadataReference> Others { get; init; } = [];

    /// <summary>How the compiler is to read the sources.</summary>
    public CSharpParseOptions ParseOptions => new(Language, DocumentationMode.Diagnose);

    /// <summary>The sources as a project; every warning there is, and each of them an error.</summary>
    public CSharpCompilation Compile(params IEnumerable<string> sources) => CSharpCompilation.Create(
        AssemblyName,
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"User{index}.cs")),
        References.Concat(Others),
        new CSharpCompilationOptions(
            Kind,
            optimizationLevel: Optimization,
            checkOverflow: CheckOverflow,
            allowUnsafe: AllowUnsafe,
            warningLevel: 9999,
            generalDiagnosticOption: ReportDiagnostic.Error,
            specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Warn)], // The tests' classes have no documentation; generated members must.
            nullableContextOptions: Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable));

    /// <summary>The generator, keeping account of its steps.</summary>
    public GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new RnnGenerator(Catalogue).AsSourceGenerator()],
        parseOptions: ParseOptions,
        optionsProvider: new BuildProperties(Properties),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
