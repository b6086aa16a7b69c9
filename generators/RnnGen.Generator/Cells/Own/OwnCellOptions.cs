using System.Globalization;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Own;

/// <summary>The options of a layer as a definition of equations reads them.</summary>
internal static class OwnCellOptions
{
    /// <summary>The options that all recurrent layers have and that say what a layer computes.</summary>
    public static readonly IReadOnlyList<string> OfRecurrent = ["Direction", "Merge", "Bias", "Clip", "LearnedState", "LayerNorm", "RecurrentDropout"];

    /// <summary>The type of an option that is given and null.</summary>
    public const string Null = "Null";

    private const string Array = "[]";
    private const string Separator = ", ";

    private static readonly IReadOnlyList<string> OfAllLayers = ["Name", "From", "IsOutput"];

    /// <summary>The attribute's arguments by property, those of its constructor first, as the definition's types have them.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(LayerSpec layer) =>
        layer.Options.Zip(layer.Cell!.Types, (option, type) => (option.Name, Value(option.Value, type.Value)));

    /// <summary>The property that a parameter of an attribute's constructor sets: of <c>units</c>, <c>Units</c>.</summary>
    public static string PropertyOf(string parameter) => parameter.Length == 0 ? parameter : char.ToUpperInvariant(parameter[0]) + parameter.Substring(1);

    /// <summary>
    /// What a parameter of a cell's constructor is called among the options of a layer: like the property, unless all layers have an option of that name. A
    /// parameter <c>learnedState</c> is a number of the cell's own and learns no state.
    /// </summary>
    public static string OfParameter(string parameter) => PropertyOf(parameter) is var property && (OfRecurrent.Contains(property) || OfAllLayers.Contains(property))
        ? char.ToLowerInvariant(parameter[0]) + parameter.Substring(1)
        : property;

    private static object? Value(string text, string type) => type switch
    {
        Null => null,
        _ when type.EndsWith(Array, StringComparison.Ordinal) => Items(text).Select(item => Value(item, type.Substring(0, type.Length - Array.Length))).ToArray(),
        "Boolean" => text == "true",
        "Int32" or "Int16" or "UInt16" or "Byte" or "SByte" => int.Parse(text, CultureInfo.InvariantCulture),
        "Int64" => long.Parse(text, CultureInfo.InvariantCulture),
        "Single" => float.Parse(text, CultureInfo.InvariantCulture),
        "Double" => double.Parse(text, CultureInfo.InvariantCulture),
        "String" or "Char" => text,
        _ => new EnumValue(text),
    };

    private static string[] Items(string text) => text.Length == 0 ? [] : text.Split([Separator], StringSplitOptions.None);

    /// <summary>The value of an option that every recurrent layer has.</summary>
    public static object? OfBase(LayerSpec layer, string option, Func<string, string, Exception> refuse) => option switch
    {
        "Bias" => layer.Flag(option, byDefault: true),
        "LearnedState" or "LayerNorm" => layer.Flag(option),
        "Clip" or "RecurrentDropout" => layer.Real(option) ?? 0f,
        "Direction" => new EnumValue(layer.Text(option, "Forward")),
        "Merge" => new EnumValue(layer.Text(option, MergeCell.Concat)),
        "Name" => layer.Name,
        _ => throw refuse($"there is no option '{option}'", "write a property of the cell"),
    };
}
