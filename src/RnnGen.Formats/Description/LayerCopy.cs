using System.Reflection;

namespace RnnGen.Formats;

/// <summary>Copies attributes, whose options can be set only when they are made: all of them, so that none is forgotten.</summary>
internal static class LayerCopy
{
    /// <summary>The same layer with other sources.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="from">The names of its sources; null for the layer before it.</param>
    public static T Reading<T>(T layer, string[]? from)
        where T : LayerAttribute
    {
        ConstructorInfo constructor = layer.GetType().GetConstructors().Single();
        PropertyInfo[] properties = layer.GetType().GetProperties();
        object copy = constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            properties.First(property => property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)).GetValue(layer))]);
        foreach (PropertyInfo option in properties.Where(property => property.CanWrite && property.GetIndexParameters().Length == 0))
            option.SetValue(copy, option.Name == nameof(LayerAttribute.From) ? from : option.GetValue(layer));
        return (T)copy;
    }
}
