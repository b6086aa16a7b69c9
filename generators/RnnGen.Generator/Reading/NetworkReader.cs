using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading.Cells;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Reading;

/// <summary>Reads the attributes of a class, judging nothing.</summary>
internal static class NetworkReader
{
    private const string NameOption = "Name";
    private const string FromOption = "From";
    private const string OutputOption = "IsOutput";
    private const string OneHotOption = "OneHot";

    /// <summary>What is written on the class; <see cref="NetworkDeclaration.Network"/> is null where it is not a network.</summary>
    public static NetworkDeclaration Read(INamedTypeSymbol type, Compilation compilation, LayerCatalogue catalogue, CancellationToken cancellation)
    {
        var attributes = type.GetAttributes();
        var networks = attributes.Where(IsNetwork).ToList();
        var layers = attributes.Where(attribute => IsLayer(attribute.AttributeClass)).OrderBy(Position).ToList();
        var exports = attributes.Where(IsNativeExport).ToList();
        var network = networks.FirstOrDefault();
        var arguments = network is null ? [] : Arguments(network);
        return new NetworkDeclaration(
            type,
            network is null && layers.Count == 0 ? [] : UserParts(type, cancellation),
            network,
            arguments,
            InputSize: Value(arguments, OneHotOption) is int classes ? classes : Value(arguments, "InputSize") is int size ? size : 0,
            HasInputSize: arguments.Any(argument => argument.Key == "InputSize"),
            OneHot: arguments.Any(argument => argument.Key == OneHotOption),
            ResetsMasked: arguments.Any(argument => argument.Key == "MaskedState" && EnumMember(argument.Value) == "Reset"),
            Training: Value(arguments, "Training") is not false,
            layers.Select((layer, index) => ReadLayer(layer, index, compilation, catalogue, cancellation)).ToList(),
            IsMalformed: IsMalformed(type))
        {
            Precision = arguments.FirstOrDefault(argument => argument.Key == "Precision") is { Key: not null } precision ? EnumMember(precision.Value) : null,
            FastActivations = arguments.Any(argument => argument.Key == "Activations" && EnumMember(argument.Value) == "Fast"),
            Weights = Value(arguments, "Weights") as string,
            Deterministic = Value(arguments, "Deterministic") is true,
            NativeExport = ReadNativeExport(type),
        };
    }

    /// <summary>Whether the compiler refuses one of the attributes that make a class a network, or knows no attribute of that name, which may be a misspelt layer.</summary>
    public static bool IsMalformed(INamedTypeSymbol type)
    {
        var attributes = type.GetAttributes();
        return attributes.Count(IsNetwork) > 1 || attributes.Count(IsNativeExport) > 1 || attributes.Any(IsUnresolved) || attributes.Where(IsOfNetwork).Any(IsMalformed);
    }

    private static LayerDeclaration ReadLayer(
        AttributeData attribute, int index, Compilation compilation, LayerCatalogue catalogue, CancellationToken cancellation)
    {
        var kind = KindOf(attribute.AttributeClass!);
        var arguments = Arguments(attribute);
        var options = arguments.Where(argument => argument.Key is not (NameOption or FromOption or OutputOption)).ToList();
        var from = arguments.FirstOrDefault(argument => argument.Key == FromOption).Value is { Kind: TypedConstantKind.Array, IsNull: false } names ? names.Values : default;
        var name = Value(arguments, NameOption) as string ?? kind.ToLowerInvariant() + index.ToString(CultureInfo.InvariantCulture);
        var syntax = attribute.ApplicationSyntaxReference;
        var cell = CellReader.IsCell(attribute.AttributeClass) ? CellSource.Read(attribute.AttributeClass!, compilation, cancellation) : null;
        var spec = new LayerSpec(kind, name, new EquatableArray<LayerOption>(options.Select(option => new LayerOption(option.Key, Text(option.Value)))))
        {
            Cell = cell is { IsSound: true } ? CellSource.Spec(attribute, cell, options) : null,
            From = from.IsDefault ? default : new EquatableArray<string>(from.Select(Text)),
            IsOutput = Value(arguments, OutputOption) is true,
        };
        return new LayerDeclaration(
            spec,
            cell is { IsSound: false } ? LayerKind.Unreadable : catalogue.Find(spec),
            options,
            syntax?.GetSyntax(cancellation).FirstAncestorOrSelf<TypeDeclarationSyntax>(),
            syntax is null ? Location.None : Location.Create(syntax.SyntaxTree, syntax.Span))
        {
            Cell = cell,
            ReadsNothing = from is { IsDefault: false, Length: 0 },
        };
    }

    /// <summary>What a layer is called where it is written: its class's name without <c>Attribute</c>.</summary>
    public static string KindOf(INamedTypeSymbol layer)
    {
        const string Suffix = "Attribute";
        return layer.Name.EndsWith(Suffix, StringComparison.Ordinal) ? layer.Name.Substring(0, layer.Name.Length - Suffix.Length) : layer.Name;
    }

    /// <summary>A class's <c>[NativeExport]</c>; null where it has none.</summary>
    public static NativeExportDeclaration? ReadNativeExport(INamedTypeSymbol type) => type.GetAttributes().FirstOrDefault(IsNativeExport) is { } attribute
        ? new NativeExportDeclaration(
            Value(Arguments(attribute), "Prefix") as string ?? "",
            attribute.ApplicationSyntaxReference is { } syntax ? Location.Create(syntax.SyntaxTree, syntax.Span) : Location.None)
        : null;

    /// <summary>
    /// An attribute's arguments by property: the constructor's first (<c>units</c> is the property <c>Units</c>), then the named ones by name. A cell of the user's
    /// may call a parameter like an option that all recurrent layers have; it is none.
    /// </summary>
    private static List<KeyValuePair<string, TypedConstant>> Arguments(AttributeData attribute)
    {
        Func<string, string> name = CellReader.IsCell(attribute.AttributeClass) ? OwnCellOptions.OfParameter : OwnCellOptions.PropertyOf;
        var arguments = new List<KeyValuePair<string, TypedConstant>>();
        if (attribute.AttributeConstructor is { } constructor)
            arguments.AddRange(constructor.Parameters.Zip(attribute.ConstructorArguments, (parameter, value) => Argument(name(parameter.Name), value)));
        arguments.AddRange(attribute.NamedArguments.OrderBy(argument => argument.Key, StringComparer.Ordinal));
        return arguments;
    }

    private static KeyValuePair<string, TypedConstant> Argument(string name, TypedConstant value) => new(name, value);

    private static object? Value(List<KeyValuePair<string, TypedConstant>> arguments, string name) =>
        arguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: TypedConstantKind.Primitive, Value: { } value } ? value : null;

    /// <summary>A value as invariant text; an enumeration's value is the name of its member, or the bare number where it has none.</summary>
    private static string Text(TypedConstant constant) => constant switch
    {
        { Kind: TypedConstantKind.Array } => constant.IsNull ? "" : string.Join(", ", constant.Values.Select(Text)),
        { Kind: TypedConstantKind.Enum } => EnumMember(constant) ?? Convert.ToString(constant.Value, CultureInfo.InvariantCulture),
        { Value: bool value } => value ? "true" : "false",
        { Value: float value } => value.ToString("R", CultureInfo.InvariantCulture),
        { Value: double value } => value.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(constant.Value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The member of an enumeration that has the value, or null.</summary>
    public static string? EnumMember(TypedConstant constant) =>
        EnumMembers(constant).FirstOrDefault(member => Equals(member.ConstantValue, constant.Value))?.Name;

    /// <summary>The members of a value's enumeration.</summary>
    public static IEnumerable<IFieldSymbol> EnumMembers(TypedConstant constant) =>
        constant.Type?.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue) ?? [];

    /// <summary>The class's declarations but for those that the generator wrote: the generator never sees its own, the analyzer does.</summary>
    private static List<TypeDeclarationSyntax> UserParts(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Where(reference => !IsGenerated(reference.SyntaxTree))
        .Select(reference => reference.GetSyntax(cancellation))
        .OfType<TypeDeclarationSyntax>()
        .ToList();

    /// <summary>Whether RnnGen wrote the file: the compiler puts it into a folder named after the generator.</summary>
    public static bool IsGenerated(SyntaxTree? tree) => tree?.FilePath.Contains(typeof(RnnGenerator).FullName) == true;

    /// <summary>Whether it is <c>[Network]</c>.</summary>
    public static bool IsNetwork(AttributeData attribute) => attribute.AttributeClass is { Name: "NetworkAttribute" } type && IsRnnGenType(type);

    /// <summary>Whether a class has <c>[Network]</c>.</summary>
    public static bool IsNetwork(INamedTypeSymbol type) => type.GetAttributes().Any(IsNetwork);

    /// <summary>Whether it is <c>[Network]</c>, a layer or <c>[NativeExport]</c>.</summary>
    public static bool IsOfNetwork(AttributeData attribute) => IsNetwork(attribute) || IsLayer(attribute.AttributeClass) || IsNativeExport(attribute);

    private static bool IsNativeExport(AttributeData attribute) => attribute.AttributeClass is { Name: "NativeExportAttribute" } type && IsRnnGenType(type);

    private static bool IsLayer(INamedTypeSymbol? attribute)
    {
        for (var type = attribute?.BaseType; type is not null; type = type.BaseType)
            if (type.Name == "LayerAttribute" && IsRnnGenType(type))
                return true;
        return false;
    }

    /// <summary>Whether a type is of the runtime.</summary>
    public static bool IsRnnGenType(INamedTypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "RnnGen", ContainingNamespace.IsGlobalNamespace: true } };

    private static bool IsUnresolved(AttributeData attribute) => attribute.AttributeClass is null or IErrorTypeSymbol;

    /// <summary>Orders attributes of one file; those of several are refused.</summary>
    private static int Position(AttributeData attribute) => attribute.ApplicationSyntaxReference?.Span.Start ?? 0;

    private static bool IsMalformed(AttributeData attribute) => attribute.AttributeConstructor is null
        || attribute.ConstructorArguments
            .Concat(attribute.NamedArguments.Select(argument => argument.Value))
            .Any(value => value.Kind == TypedConstantKind.Error);
}
