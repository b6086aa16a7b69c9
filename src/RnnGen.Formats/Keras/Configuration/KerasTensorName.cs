using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>A tensor of a functional model: <c>["lstm_1", 0, 0]</c>.</summary>
/// <param name="Layer">The layer that computes it.</param>
/// <param name="Call">Which of the layer's calls.</param>
/// <param name="Output">Which of the call's outputs.</param>
internal sealed record KerasTensorName(string Layer, int Call, int Output)
{
    /// <summary>Reads one.</summary>
    public static KerasTensorName Of(JsonElement name) => name.ValueKind == JsonValueKind.Array && name.GetArrayLength() >= 3 && name[0].ValueKind == JsonValueKind.String
        && name[1].ValueKind == JsonValueKind.Number && name[1].TryGetInt32(out int call) && name[2].ValueKind == JsonValueKind.Number && name[2].TryGetInt32(out int output)
            ? new(name[0].GetString()!, call, output)
            : throw new FormatException($"expected a tensor [layer, call, output], got {Text.Shorten(name.GetRawText())}");

    /// <summary>Reads a list of them; Keras 3 writes a list of one without its brackets.</summary>
    public static IReadOnlyList<KerasTensorName> List(JsonElement model, string option)
    {
        IReadOnlyList<JsonElement> list = KerasJson.List(model, option) ?? throw new UnsupportedLayerException("model", "functional model", $"its {option} is not a list: it names several inputs or outputs");
        return list is [{ ValueKind: JsonValueKind.String }, ..] ? [Of(model.GetProperty(option))] : [.. list.Select(Of)];
    }

    /// <summary>As Keras writes it.</summary>
    public override string ToString() => FormattableString.Invariant($"[{Text.Quote(Layer)}, {Call}, {Output}]");
}
