using System.Globalization;
using System.Reflection;

namespace RnnGen.Formats;

/// <summary>Writes a layer attribute as a person would: constructor arguments, then the options that are not as they are by default.</summary>
internal static class AttributeText
{
    // What says where in a graph a layer stands, and not what it computes.
    private static readonly string[] Places = [nameof(LayerAttribute.Name), nameof(LayerAttribute.From), nameof(LayerAttribute.IsOutput)];

    /// <summary>The attribute without brackets: <c>Lstm(64, Peephole = true)</c>.</summary>
    public static string Of(LayerAttribute layer) => Of(layer, isPlaced: true);

    /// <summary>What a layer computes, without its name, its sources and whether it is an output.</summary>
    public static string WithoutPlace(LayerAttribute layer) => Of(layer, isPlaced: false);

    private static string Of(LayerAttribute layer, bool isPlaced)
    {
        IReadOnlyList<(ParameterInfo Parameter, object? Value)> arguments = LayerCopy.Arguments(layer);
        LayerAttribute plain = LayerCopy.Plain(layer);

        // Arguments at the end that are their parameters' defaults are not written.
        int count = arguments.Count;
        while (count > 0 && arguments[count - 1].Parameter.HasDefaultValue && IsDefault(arguments[count - 1].Parameter, arguments[count - 1].Value))
            count--;
        IEnumerable<string> options = LayerCopy.Options(layer)
            .Where(option => (isPlaced || !Places.Contains(option.Name)) && !IsSame(option.GetValue(layer), option.GetValue(plain)))
            .Select(option => $"{option.Name} = {Literal(option.GetValue(layer)!)}");
        string all = string.Join(", ", arguments.Take(count).Select(argument => Literal(argument.Value!)).Concat(options));
        return all.Length == 0 ? LayerNames.Kind(layer) : $"{LayerNames.Kind(layer)}({all})";
    }

    /// <summary>A value in C#.</summary>
    public static string Literal(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture) + "f",
        string text => StringLiteral(text),
        string[] texts => $"[{string.Join(", ", texts.Select(StringLiteral))}]",
        Enum member => $"{member.GetType().Name}.{member}",
        _ => throw new NotSupportedException($"No option of a layer has the type {value.GetType()}."),
    };

    private static string StringLiteral(string text) => $"\"{string.Concat(text.Select(Escaped))}\"";

    private static string Escaped(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        _ when char.IsControl(character) || character > '~' => $"\\u{(int)character:x4}",
        _ => character.ToString(),
    };

    private static bool IsDefault(ParameterInfo parameter, object? value) => parameter.ParameterType.IsEnum
        ? Convert.ToInt64(value, CultureInfo.InvariantCulture) == Convert.ToInt64(parameter.RawDefaultValue, CultureInfo.InvariantCulture)
        : Equals(value, parameter.DefaultValue);

    private static bool IsSame(object? value, object? other) =>
        value is string[] texts && other is string[] others ? texts.SequenceEqual(others) : Equals(value, other);
}
