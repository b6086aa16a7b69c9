using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>What is written on a class and where: the input of the rules. It holds symbols and syntax, so it lives for one call of the parser.</summary>
/// <param name="Type">The class.</param>
/// <param name="Parts">Its declarations by the user; the generated ones are left out, because the analyzer sees them too.</param>
/// <param name="Network">Its <c>[Network]</c>, or null.</param>
/// <param name="Options">Its arguments, by property.</param>
/// <param name="InputSize">Of <paramref name="Network"/>: features, or classes.</param>
/// <param name="HasInputSize">Whether features are given.</param>
/// <param name="OneHot">Whether a time step is a class.</param>
/// <param name="ResetsMasked">Whether states become 0 at masked steps.</param>
/// <param name="Training">Of <paramref name="Network"/>.</param>
/// <param name="Layers">Its layer attributes in the order of the source.</param>
/// <param name="IsMalformed">Whether the compiler refuses one of the attributes; then they mean nothing.</param>
internal sealed record NetworkDeclaration(
    INamedTypeSymbol Type,
    IReadOnlyList<TypeDeclarationSyntax> Parts,
    AttributeData? Network,
    IReadOnlyList<KeyValuePair<string, TypedConstant>> Options,
    int InputSize,
    bool HasInputSize,
    bool OneHot,
    bool ResetsMasked,
    bool Training,
    IReadOnlyList<LayerDeclaration> Layers,
    bool IsMalformed)
{
    /// <summary>The member of <c>Precision</c> that is given; null where none is.</summary>
    public string? Precision { get; init; }

    /// <summary>Whether inference computes sigmoid and tanh inside layers by shorter formulas.</summary>
    public bool FastActivations { get; init; }

    /// <summary>The file with the weights that are part of the assembly; null where none is given.</summary>
    public string? Weights { get; init; }

    /// <summary>Whether all instruction sets must give the same bits.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Its <c>[NativeExport]</c>; null where it has none.</summary>
    public NativeExportDeclaration? NativeExport { get; init; }

    /// <summary>Whether one of its layers is a cell of the user's whose equations cannot be read.</summary>
    public bool HasUnreadableCell => Layers.Any(layer => layer.Cell is { IsSound: false });

    /// <summary>Whether layers say that they are outputs.</summary>
    public bool NamesOutputs => Layers.Any(layer => layer.Spec.IsOutput);

    /// <summary>The prefixes of what its layers generate.</summary>
    public IEnumerable<string> LayerIds => Layers.Select((layer, index) => LayerSite.IdOf(layer.Spec, index));

    /// <summary>The class's name where it is declared.</summary>
    public Location NameLocation => Parts.Count > 0 ? Parts[0].Identifier.GetLocation() : Type.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>Where <c>[Network]</c> is written.</summary>
    public Location NetworkLocation =>
        Network?.ApplicationSyntaxReference is { } reference ? Location.Create(reference.SyntaxTree, reference.Span) : NameLocation;
}

/// <summary><c>[NativeExport]</c> and where it is written.</summary>
/// <param name="Prefix">What it says; empty where that is null.</param>
/// <param name="Location">Where it is written.</param>
internal sealed record NativeExportDeclaration(string Prefix, Location Location);

/// <summary>A layer attribute and where it is written.</summary>
/// <param name="Spec">What goes into the network's spec.</param>
/// <param name="Kind">Its row of the catalogue; null when there is none.</param>
/// <param name="Options">Its arguments as the compiler sees them, in the order of <see cref="LayerSpec.Options"/>.</param>
/// <param name="Part">The declaration that it is written on.</param>
/// <param name="Location">Where it is written.</param>
internal sealed record LayerDeclaration(
    LayerSpec Spec,
    LayerKind? Kind,
    IReadOnlyList<KeyValuePair<string, TypedConstant>> Options,
    SyntaxNode? Part,
    Location Location)
{
    /// <summary>What was read of the user's cell that it is; null for a layer that RnnGen ships.</summary>
    public CellReading? Cell { get; init; }

    /// <summary>Whether its <c>From</c> is given and empty.</summary>
    public bool ReadsNothing { get; init; }
}
