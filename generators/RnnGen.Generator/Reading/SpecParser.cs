using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Reading;

/// <summary>
/// From a class to its spec or to what is wrong with it. The generator takes the spec, the analyzer takes the diagnostics; neither sees the other's half.
/// Symbols end here. It knows no layer kind: a layer is an attribute derived from <c>RnnGen.LayerAttribute</c>, and the catalogue says what that kind is.
/// </summary>
internal static class SpecParser
{
    /// <summary>The attribute that makes a class a network.</summary>
    public const string NetworkAttribute = "RnnGen.NetworkAttribute";

    /// <summary>Reads a class. A class that is not a network, or one that the compiler refuses anyway, gives neither a spec nor a diagnostic of its own.</summary>
    /// <param name="type">The class.</param>
    /// <param name="compilation">What it is compiled in.</param>
    /// <param name="catalogue">The layers there are.</param>
    /// <param name="files">The project's weights, for who reports: what is in them does not change what is generated. Null where they are not to be checked.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static SpecResult Parse(
        INamedTypeSymbol type, Compilation compilation, LayerCatalogue catalogue, WeightsFiles? files, CancellationToken cancellation)
    {
        if (type.TypeKind != TypeKind.Class)
            return SpecResult.Nothing;
        var declaration = NetworkReader.Read(type, compilation, catalogue, cancellation);
        var problems = new ProblemList(type);
        if (declaration.Network is null)
        {
            if (declaration.Layers.Count > 0)
                problems.Add(DiagnosticDescriptors.LayersWithoutNetwork, declaration.Layers[0].Location, declaration.Layers[0].Spec.Kind);
            else if (declaration.NativeExport is { } export)
                problems.Add(DiagnosticDescriptors.NativeExportWithoutNetwork, export.Location, export.Prefix);
            return new SpecResult(null, problems.ToImmutable());
        }

        UnknownOptionRules.Check(type, problems, cancellation);
        ClassRules.Check(declaration, problems, cancellation);
        MemberRules.Check(declaration, problems);
        NameRules.Check(declaration, compilation, problems);
        EnvironmentRules.Check(declaration, problems);
        if (!declaration.IsMalformed)
            NativeExportRules.Check(declaration, problems);
        CellProblems.Check(declaration, problems);
        if (!declaration.IsMalformed)
            LayerRules.Check(declaration, problems);

        if (declaration.IsMalformed || problems.HasError || declaration.HasUnreadableCell)
            return new SpecResult(null, problems.ToImmutable());
        var spec = ToSpec(declaration, compilation, cancellation);
        if (!CellProblems.CanBeComputed(declaration, spec, catalogue, problems))
            return new SpecResult(null, problems.ToImmutable());
        MisfitRules.Check(spec, catalogue, declaration.Layers, problems);
        if (problems.HasError)
            return new SpecResult(null, problems.ToImmutable());
        TotalRules.Check(spec, catalogue, declaration.NetworkLocation, problems);
        if (files is not null && !problems.HasError)
            WeightsRules.Check(spec, catalogue, declaration.NetworkLocation, files, problems, cancellation);
        return new SpecResult(problems.HasError ? null : spec, problems.ToImmutable());
    }

    private static bool DescribesItself(INamedTypeSymbol type) =>
        Scopes.OfBases(type).Where(part => part.SpecialType != SpecialType.System_Object).SelectMany(part => part.GetMembers(nameof(ToString)))
            .Any(member => member is IMethodSymbol { Parameters.IsEmpty: true } && !member.Locations.All(location => NetworkReader.IsGenerated(location.SourceTree)));

    /// <summary>Where no documentation is written, the compiler takes it for a comment like others.</summary>
    private static bool HasSummary(SyntaxNode part) => part.GetLeadingTrivia().Any(trivia => trivia.ToFullString().Contains("<summary"));

    private static NetworkSpec ToSpec(NetworkDeclaration declaration, Compilation compilation, CancellationToken cancellation)
    {
        var type = declaration.Type;
        var containing = CodeNames.ContainingTypes(type).Select(outer => new ContainingType(CodeNames.Keyword(outer), CodeNames.NameWithParameters(outer)));
        return new NetworkSpec(
            CodeNames.Namespace(type),
            new EquatableArray<ContainingType>(containing),
            CodeNames.EscapeType(type.Name),
            CodeNames.Parameters(type),
            HintNames.Of(type),
            declaration.InputSize,
            declaration.OneHot,
            declaration.ResetsMasked,
            declaration.Training,
            new EquatableArray<LayerSpec>(declaration.Layers.Select(layer => layer.Spec)))
        {
            Precision = declaration.Precision,
            FastActivations = declaration.FastActivations,
            Weights = declaration.Weights,
            Deterministic = declaration.Deterministic,
            DescribesItself = DescribesItself(type),
            HasSummary = declaration.Parts.Any(HasSummary),
            NativePrefix = declaration.NativeExport?.Prefix,
            TakenNames = new EquatableArray<string>(Scopes.TakenNames(type, compilation, cancellation)),
        };
    }
}

/// <summary>What the parser made of a class.</summary>
/// <param name="Spec">Null where the class is not a network or has an error.</param>
/// <param name="Diagnostics">Errors and advice, in the order of the source. They hold locations: not to be cached.</param>
internal readonly record struct SpecResult(NetworkSpec? Spec, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Nothing to generate and nothing to say.</summary>
    public static SpecResult Nothing => new(null, []);
}
