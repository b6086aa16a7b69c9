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
        ConstructorInfo constructor = layer.GetType().GetConstructors().Single();
        PropertyInfo[] properties = layer.GetType().GetProperties();
        ParameterInfo[] parameters = constructor.GetParameters();
        object?[] arguments = [.. parameters.Select(parameter => Property(parameter.Name!).GetValue(layer))];
        object plain = constructor.Invoke(arguments);

        // Arguments at the end that are their parameters' defaults are not written.
        int count = arguments.Length;
        while (count > 0 && parameters[count - 1].HasDefaultValue && IsDefault(parameters[count - 1], arguments[count - 1]))
            count--;
        IEnumerable<string> options = properties
            .Where(property => (isPlaced || !Places.Contains(property.Name)) && property.CanWrite && property.GetIndexParameters().Length == 0 && !IsSame(property.GetValue(layer), property.GetValue(plain)))
            .Select(property => $"{property.Name} = {Literal(property.GetValue(layer)!)}");
        string all = string.Join(", ", arguments.Take(count).Select(argument => Literal(argument!)).Concat(options));
        return all.Length == 0 ? LayerNames.Kind(layer) : $"{LayerNames.Kind(layer)}({all})";

        PropertyInfo Property(string parameter) => properties.First(property => property.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));
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
