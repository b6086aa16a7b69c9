using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator;

/// <summary>
/// Says what is wrong with a network where the analyzer cannot: after an error in an attribute the compiler runs generators, and no analyzer. An editor runs the
/// analyzer anyway, so that there the generator is silent.
/// </summary>
internal static class HiddenProblems
{
    private const string Property = "build_property.DesignTimeBuild";

    /// <summary>Adds them to what the generator reports.</summary>
    /// <param name="context">The generator's.</param>
    /// <param name="catalogue">The layers there are.</param>
    public static void Register(IncrementalGeneratorInitializationContext context, LayerCatalogue catalogue)
    {
        var problems = context.SyntaxProvider
            .ForAttributeWithMetadataName(SpecParser.NetworkAttribute, static (node, _) => node is ClassDeclarationSyntax, Find)
            .SelectMany(static (all, _) => all);
        var isEditor = context.AnalyzerConfigOptionsProvider.Select(static (options, _) =>
            options.GlobalOptions.TryGetValue(Property, out string? value) && value.Equals("true", StringComparison.OrdinalIgnoreCase));
        context.RegisterSourceOutput(problems.Combine(isEditor), static (production, problem) =>
        {
            if (!problem.Right)
                production.ReportDiagnostic(problem.Left.ToDiagnostic());
        });

        EquatableArray<HiddenProblem> Find(GeneratorAttributeSyntaxContext network, CancellationToken cancellation)
        {
            var type = (INamedTypeSymbol)network.TargetSymbol;
            if (!UnknownOptionRules.Any(type, cancellation) && !NetworkReader.IsMalformed(type))
                return default;
            var result = SpecParser.Parse(type, network.SemanticModel.Compilation, catalogue, files: null, cancellation);
            return new EquatableArray<HiddenProblem>(result.Diagnostics.Select(HiddenProblem.Of));
        }
    }

    /// <summary>A diagnostic that may be cached: it keeps no syntax alive.</summary>
    private readonly record struct HiddenProblem(string Id, string Message, string Path, TextSpan Span, LinePositionSpan Lines)
    {
        public static HiddenProblem Of(Diagnostic diagnostic)
        {
            var lines = diagnostic.Location.GetLineSpan();
            return new HiddenProblem(
                diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), lines.Path, diagnostic.Location.SourceSpan, lines.Span);
        }

        public Diagnostic ToDiagnostic()
        {
            string id = Id;
            var descriptor = DiagnosticDescriptors.All.First(known => known.Id == id);
            return Diagnostic.Create(
                descriptor.Id, descriptor.Category, Message, descriptor.DefaultSeverity, descriptor.DefaultSeverity, isEnabledByDefault: true,
                warningLevel: descriptor.DefaultSeverity == DiagnosticSeverity.Error ? 0 : 1, descriptor.Title, descriptor.Description, descriptor.HelpLinkUri,
                Location.Create(Path, Span, Lines));
        }
    }
}
