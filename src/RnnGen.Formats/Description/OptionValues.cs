using System.Reflection;

namespace RnnGen.Formats;

/// <summary>What an option of a layer may be, whatever it means.</summary>
internal static class OptionValues
{
    /// <summary>Refuses numbers that are not finite, which no attribute in C# can have.</summary>
    /// <exception cref="FormatException">An option is infinite or NaN.</exception>
    public static void Check(string name, LayerAttribute layer)
    {
        foreach (PropertyInfo option in layer.GetType().GetProperties())
            if (option.PropertyType == typeof(float) && option.GetValue(layer) is float value && !float.IsFinite(value))
                throw new FormatException($"layer {Text.Quote(name)}: expected a finite {option.Name}, got {value}");
    }
}
