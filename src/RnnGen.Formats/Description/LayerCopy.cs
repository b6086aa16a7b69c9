using System.Reflection;

namespace RnnGen.Formats;

/// <summary>Copies attributes, whose options can be set only when they are made: all of them, so that none is forgotten.</summary>
internal static class LayerCopy
{
    /// <summary>The arguments that a layer was constructed with, and the parameters that they are for.</summary>
    public static IReadOnlyList<(ParameterInfo Parameter, object? Value)> Arguments(LayerAttribute layer) =>
    [
        .. Constructor(layer).GetParameters().Select(parameter => (parameter, layer.GetType().GetProperties()
            .First(property => property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)).GetValue(layer))),
    ];

    /// <summary>The options that are set after construction.</summary>
    public static IEnumerable<PropertyInfo> Options(LayerAttribute layer) =>
        layer.GetType().GetProperties().Where(property => property.CanWrite && property.GetIndexParameters().Length == 0);

    /// <summary>The same layer with its constructor's arguments alone.</summary>
    public static LayerAttribute Plain(LayerAttribute layer) => (LayerAttribute)Constructor(layer).Invoke([.. Arguments(layer).Select(argument => argument.Value)]);

    /// <summary>The same layer with other sources.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="from">The names of its sources; null for the layer before it.</param>
    public static T Reading<T>(T layer, string[]? from)
        where T : LayerAttribute => With(layer, nameof(LayerAttribute.From), from);

    /// <summary>The same layer in another direction.</summary>
    public static RecurrentLayerAttribute Going(RecurrentLayerAttribute layer, Direction direction) => With(layer, nameof(RecurrentLayerAttribute.Direction), direction);

    private static T With<T>(T layer, string name, object? value)
        where T : LayerAttribute
    {
        LayerAttribute copy = Plain(layer);
        foreach (PropertyInfo option in Options(layer))
            option.SetValue(copy, option.Name == name ? value : option.GetValue(layer));
        return (T)copy;
    }

    private static ConstructorInfo Constructor(LayerAttribute layer) => layer.GetType().GetConstructors().Single();
}
