using System.Globalization;
using System.Reflection;

namespace RnnGen.Formats;

/// <summary>One layer of an <see cref="ArchitectureText"/>.</summary>
/// <param name="Kind">The attribute's name without <c>Attribute</c>.</param>
/// <param name="Place">Its place among the layers of the text.</param>
/// <param name="Options">The options that are not as they are by default, by name.</param>
internal sealed record ArchitectureLayer(string Kind, int Place, IReadOnlyDictionary<string, string> Options)
{
    private const string From = "From", Equations = "Equations";

    /// <summary>Reads <c>Lstm(Peephole = true, Units = 64)</c>.</summary>
    public static ArchitectureLayer Parse(string text, int place)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        if (open >= 0 && text[^1] != ')')
            throw new FormatException($"architecture: expected a closing parenthesis at the end of {Text.Quote(text)}");
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        if (open >= 0)
            foreach (string option in Split(text[(open + 1)..^1]))
            {
                string[] parts = option.Split(" = ");
                if (parts.Length != 2 || !options.TryAdd(parts[0], parts[1]))
                    throw new FormatException($"architecture: expected options of the form name = value, each once, got {Text.Quote(option)}");
            }

        return new ArchitectureLayer(open < 0 ? text : text[..open], place, options);
    }

    /// <summary>A member of an enumeration by its name.</summary>
    public static T Member<T>(string name)
        where T : struct, Enum => Enum.IsDefined(typeof(T), name) ? Enum.Parse<T>(name) : throw new FormatException($"architecture: expected one of {string.Join(", ", Enum.GetNames<T>())}, got {Text.Quote(name)}");

    /// <summary>Refuses options of other names.</summary>
    public void Expect(params ReadOnlySpan<string> names)
    {
        foreach (string option in Options.Keys)
            if (!names.Contains(option))
                throw new FormatException($"architecture: {Kind} has no option {Text.Quote(option)}");
    }

    /// <summary>Adds the layer to a network, with the file's next tensors where it has parameters.</summary>
    public void AddTo(ModelBuilder builder, TensorQueue tensors)
    {
        if (Options.ContainsKey(Equations))
            throw new UnsupportedLayerException(Kind, Kind, "it is a user-defined cell, whose equations are not in the file");
        Type type = typeof(LayerAttribute).Assembly.GetType($"{nameof(RnnGen)}.{Kind}{nameof(Attribute)}") is { IsAbstract: false } found && found.IsSubclassOf(typeof(LayerAttribute))
            ? found
            : throw new FormatException($"architecture: expected a layer of RnnGen's, got {Text.Quote(Kind)}");
        LayerAttribute layer = Create(type, builder);
        if (layer is ConcatAttribute { From: not { Length: > 1 } } alone)
            layer = new ActivationAttribute(Activation.Linear) { From = alone.From, IsOutput = alone.IsOutput }; // what is left of a dropout that is an output
        int inputSize = layer.From?.Sum(source => SizeOf(builder, source)) ?? builder.Size;
        if (LayerShapes.Parameters(layer, inputSize)!.Count == 0)
        {
            builder.Add(layer);
            return;
        }

        (string name, IReadOnlyList<NamedTensor> own) = tensors.Take(Kind);
        if (name != LayerNames.Of(layer, Place))
            Set(layer, nameof(LayerAttribute.Name), name);
        builder.Add(layer, null, [.. own.Select(tensor => (tensor.Name[(name.Length + 1)..], tensor.Values))]);
    }

    private static int SizeOf(ModelBuilder builder, string source) =>
        source == ModelBuilder.Input ? builder.InputSize : builder.Layers.First(layer => layer.Name == source).OutputSize;

    // What is within brackets is one value.
    private static IEnumerable<string> Split(string options)
    {
        int start = 0, depth = 0;
        for (int at = 0; at < options.Length; at++)
        {
            depth += options[at] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0 && options.AsSpan(at).StartsWith(", "))
            {
                yield return options[start..at];
                start = at + 2;
            }
        }

        yield return options[start..];
    }

    private LayerAttribute Create(Type type, ModelBuilder builder)
    {
        ConstructorInfo constructor = type.GetConstructors().Single();
        ParameterInfo[] parameters = constructor.GetParameters();
        var layer = (LayerAttribute)constructor.Invoke([.. parameters.Select(parameter => Argument(parameter))]);
        foreach ((string option, string value) in Options)
        {
            if (parameters.Any(parameter => parameter.Name!.Equals(option, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (option == From)
                Set(layer, From, Sources(value, builder));
            else
                Set(layer, option, Value(Property(type, option).PropertyType, option, value));
        }

        return layer;
    }

    private object? Argument(ParameterInfo parameter)
    {
        string option = char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
        if (Options.TryGetValue(option, out string? value))
            return Value(parameter.ParameterType, option, value);

        // An option that is its type's first member is not written.
        return parameter.HasDefaultValue ? parameter.DefaultValue : parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, 0) : throw new FormatException($"architecture: {Kind}: expected the option {option}, got none");
    }

    private PropertyInfo Property(Type type, string option) => type.GetProperty(option) is { CanWrite: true } property && option != nameof(LayerAttribute.Name)
        ? property
        : throw new FormatException($"architecture: {Kind} has no option {Text.Quote(option)}");

    private object Value(Type type, string option, string value)
    {
        if (type == typeof(int) && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number;
        if (type == typeof(bool) && value is "true" or "false")
            return value == "true";
        if (type == typeof(float) && float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float real))
            return IsSaid(option, real) ? real : throw new UnsupportedLayerException(Kind, Kind, $"its {option} is 0, which an attribute takes for one that is not set");
        if (type.IsEnum && Enum.IsDefined(type, value))
            return Enum.Parse(type, value);
        throw new FormatException($"architecture: {Kind}: expected {option} to be of type {type.Name}, got {Text.Quote(value)}");
    }

    // An affine activation's β is 0 by default, and only its.
    private bool IsSaid(string option, float value) => value != 0 || (option.EndsWith("Beta", StringComparison.Ordinal)
        && Options.GetValueOrDefault(option == "ActivationBeta" ? "Activation" : option[..^"Beta".Length] + "Activation") == nameof(Activation.Affine));

    private string[] Sources(string value, ModelBuilder builder)
    {
        if (value.Length < 2 || value[0] != '[' || value[^1] != ']')
            throw new FormatException($"architecture: {Kind}: expected a list of sources, got {Text.Quote(value)}");
        return [.. value[1..^1].Split(", ").Select(source => source == ModelBuilder.Input
            ? source
            : int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place < builder.Layers.Count
                ? builder.Layers[place].Name
                : throw new FormatException($"architecture: {Kind}: expected sources before it, got {Text.Quote(source)}"))];
    }

    private static void Set(LayerAttribute layer, string property, object value) => layer.GetType().GetProperty(property)!.SetValue(layer, value);
}
