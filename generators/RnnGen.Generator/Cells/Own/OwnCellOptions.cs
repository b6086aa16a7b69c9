using System.Globalization;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Own;

/// <summary>The options of a layer as a program of equations reads them.</summary>
internal static class OwnCellOptions
{
    /// <summary>The value of an option that the attribute gives; its type stands in the layer's cell.</summary>
    public static object? Value(LayerSpec layer, string option)
    {
        if (layer.Options.FirstOrDefault(candidate => candidate.Name == option) is not { } given)
            return null;
        string text = given.Value;
        return layer.Cell!.Types.FirstOrDefault(type => type.Name == option)?.Value switch
        {
            "Boolean" => text == "true",
            "Int32" => int.Parse(text, CultureInfo.InvariantCulture),
            "Int64" => long.Parse(text, CultureInfo.InvariantCulture),
            "Single" => float.Parse(text, CultureInfo.InvariantCulture),
            "Double" => double.Parse(text, CultureInfo.InvariantCulture),
            "String" => text,
            _ => new EnumValue(text),
        };
    }

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
