using System.Globalization;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Own;

/// <summary>The options of a layer as a definition of equations reads them.</summary>
internal static class OwnCellOptions
{
    private const string Array = "[]";
    private const string Separator = ", ";

    /// <summary>The attribute's arguments by property, those of its constructor first, as the definition's types have them.</summary>
    public static IEnumerable<(string Name, object? Value)> Values(LayerSpec layer) =>
        layer.Options.Zip(layer.Cell!.Types, (option, type) => (option.Name, Value(option.Value, type.Value)));

    private static object? Value(string text, string type) => type switch
    {
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
