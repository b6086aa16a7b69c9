using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading.Cells;

/// <summary>Finds the equations of a cell: in its code, or in the metadata of the assembly that it comes from.</summary>
internal static class CellSource
{
    /// <summary>The attribute on an assembly that holds the equations of a cell: the class's metadata name, the version of the text, the text.</summary>
    public const string Attribute = "CellEquationsAttribute";

    /// <summary>Reads a cell.</summary>
    public static CellReading Read(INamedTypeSymbol cell, Compilation compilation, CancellationToken cancellation) =>
        CellReader.IsSource(cell, compilation) ? CellReader.Read(cell, compilation, cancellation) : OfMetadata(cell);

    /// <summary>The cell of a layer.</summary>
    /// <param name="attribute">The layer's attribute.</param>
    /// <param name="cell">What was read of it.</param>
    /// <param name="options">Its arguments by property.</param>
    public static CellSpec Spec(AttributeData attribute, CellReading cell, IEnumerable<KeyValuePair<string, TypedConstant>> options) => new(
        attribute.AttributeClass!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        CellText.Write(cell.Definition!),
        new EquatableArray<LayerOption>(options.Select(option => new LayerOption(option.Key, TypeOf(option.Value)))),
        SetsFirstValues(attribute.AttributeClass) ? Construction(attribute) : null);

    /// <summary>A class's name as metadata has it: <c>Namespace.Outer+Cell</c>.</summary>
    public static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}"
        : type.MetadataName;

    private static CellReading OfMetadata(INamedTypeSymbol cell)
    {
        string name = MetadataName(cell), assembly = cell.ContainingAssembly.Name;
        var held = cell.ContainingAssembly.GetAttributes().FirstOrDefault(attribute =>
            attribute.AttributeClass?.Name == Attribute && attribute.ConstructorArguments.Length == 3 && attribute.ConstructorArguments[0].Value as string == name);
        if (held is null)
            return Refused($"comes from the assembly '{assembly}', which holds no equations", $"build '{assembly}' with the RnnGen package, whose generator writes them into it");
        if (held.ConstructorArguments[1].Value is not CellText.Version)
            return Refused(
                $"comes from '{assembly}' with equations of version {held.ConstructorArguments[1].Value}, and this generator reads version {CellText.Version}",
                "use the same version of RnnGen in both");
        try
        {
            return new CellReading(CellText.Read(held.ConstructorArguments[2].Value as string ?? ""), [], []);
        }
        catch (FormatException problem)
        {
            return Refused($"comes from '{assembly}' with equations that cannot be read ({problem.Message.TrimEnd('.')})", "rebuild it");
        }
    }

    private static CellReading Refused(string problem, string instead) => new(null, [new CellProblem(Location.None, problem, instead)], []);

    private static string TypeOf(TypedConstant constant) => constant.IsNull ? OwnCellOptions.Null : constant.Type is IArrayTypeSymbol array ? TypeOf(array.ElementType) + "[]" : TypeOf(constant.Type);

    private static string TypeOf(ITypeSymbol? type) => type is null or { TypeKind: TypeKind.Enum } ? "Enum" : type.Name;

    private static bool SetsFirstValues(INamedTypeSymbol type) =>
        Scopes.OfBases(type).TakeWhile(part => !NetworkReader.IsRnnGenType(part)).Any(part => part.GetMembers(OwnCellWords.Initialize).OfType<IMethodSymbol>().Any(method => method.IsOverride));

    private static string Construction(AttributeData attribute)
    {
        string type = attribute.AttributeClass!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string named = string.Join(", ", attribute.NamedArguments.OrderBy(argument => argument.Key, StringComparer.Ordinal).Select(argument => $"{argument.Key} = {Text(argument.Value)}"));
        return $"new {type}({string.Join(", ", attribute.ConstructorArguments.Select(Text))}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
    }

    private static string Text(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Array => constant.IsNull ? "null" : $"[{string.Join(", ", constant.Values.Select(Text))}]",
        TypedConstantKind.Enum => $"({constant.Type!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})({constant.Value})",
        TypedConstantKind.Type => $"typeof({((ITypeSymbol)constant.Value!).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})",
        _ => constant.Value switch
        {
            float.NaN or double.NaN => "float.NaN",
            float.PositiveInfinity or double.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity or double.NegativeInfinity => "float.NegativeInfinity",
            float number => Ir.Names.Float(number),
            double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "d",
            _ => constant.ToCSharpString(),
        },
    };
}
