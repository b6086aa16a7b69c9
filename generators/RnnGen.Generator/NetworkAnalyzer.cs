using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator;

/// <summary>Reports what is wrong with networks and cells. An analyzer rather than the generator, so that <c>#pragma</c> and configured severities apply.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    private readonly LayerCatalogue _catalogue;

    /// <summary>For the compiler.</summary>
    public NetworkAnalyzer()
        : this(LayerCatalogue.Default)
    {
    }

    /// <summary>With other layers, for tests.</summary>
    internal NetworkAnalyzer(LayerCatalogue catalogue) => _catalogue = catalogue;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = DiagnosticDescriptors.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A network's generated part marks the whole class as generated, so generated code must be looked at.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(AnalyzeCompilation);
    }

    private void AnalyzeCompilation(CompilationStartAnalysisContext context)
    {
        var exports = new ConcurrentQueue<(INamedTypeSymbol, NativeExportDeclaration)>();
        context.RegisterSymbolAction(symbol => Analyze(symbol, exports), SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var diagnostic in NativeExportRules.Duplicates(exports, end.Compilation))
                end.ReportDiagnostic(diagnostic);
        });
    }

    private void Analyze(SymbolAnalysisContext context, ConcurrentQueue<(INamedTypeSymbol, NativeExportDeclaration)> exports)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var files = new WeightsFiles(context.Options);
        foreach (var diagnostic in SpecParser.Parse(type, context.Compilation, _catalogue, files, context.CancellationToken).Diagnostics)
            context.ReportDiagnostic(diagnostic);
        foreach (var diagnostic in CellProblems.OfClass(type, context.Compilation, context.CancellationToken))
            context.ReportDiagnostic(diagnostic);
        if (NetworkReader.ReadNativeExport(type) is { } export && NetworkReader.IsNetwork(type))
            exports.Enqueue((type, export));
    }
}
