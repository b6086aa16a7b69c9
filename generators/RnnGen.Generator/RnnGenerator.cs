using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator;

/// <summary>
/// Turns classes with <c>[Network]</c> into networks. The pipeline only: the spec is all that it keeps between runs, and a class whose spec has an error gives
/// nothing; <see cref="NetworkAnalyzer"/> says why.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RnnGenerator : IIncrementalGenerator
{
    /// <summary>Names the step that yields the specs, for tests of what is cached.</summary>
    internal const string SpecStep = "Spec";

    private readonly LayerCatalogue _catalogue;

    /// <summary>For the compiler.</summary>
    public RnnGenerator()
        : this(LayerCatalogue.Default)
    {
    }

    /// <summary>With other layers, for tests.</summary>
    internal RnnGenerator(LayerCatalogue catalogue) => _catalogue = catalogue;

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var specs = context.SyntaxProvider
            .ForAttributeWithMetadataName(SpecParser.NetworkAttribute, static (node, _) => node is ClassDeclarationSyntax, ReadSpec)
            .Where(static spec => spec is not null)
            .WithTrackingName(SpecStep);
        context.RegisterSourceOutput(specs, Emit);
        DebugOptimization.Register(context, specs);
        CellMetadata.Register(context);
        HiddenProblems.Register(context, _catalogue);
    }

    private NetworkSpec? ReadSpec(GeneratorAttributeSyntaxContext context, CancellationToken cancellation) =>
        SpecParser.Parse((INamedTypeSymbol)context.TargetSymbol, context.SemanticModel.Compilation, _catalogue, files: null, cancellation).Spec;

    private void Emit(SourceProductionContext context, NetworkSpec? spec)
    {
        foreach (var (name, source) in NetworkCompiler.Compile(spec!, _catalogue))
            context.AddSource(name, source);
    }
}
