using System.Globalization;
using System.Numerics;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>Reads the texts of a checkpoint's file. What is missing or no such value is a <see cref="FormatException"/> that names it.</summary>
internal sealed class CheckpointText(IReadOnlyDictionary<string, string> texts)
{
    /// <summary>Whether there is such a text.</summary>
    public bool Contains(string name) => texts.ContainsKey(name);

    /// <summary>A text.</summary>
    public string this[string name] =>
        texts.TryGetValue(name, out string? text) ? text : throw new FormatException($"metadata {SafetensorsError.Quote(name)}: expected a text, got none");

    /// <summary>A whole number of at least 0.</summary>
    public T Whole<T>(string name)
        where T : struct, IBinaryInteger<T> => Whole<T>(name, this[name]);

    /// <summary>Values with blanks between them.</summary>
    public string[] Values(string name, string line, int count)
    {
        string[] values = line.Split(' ');
        return values.Length == count ? values : throw Bad(name, $"{count} values", line);
    }

    /// <inheritdoc cref="Whole{T}(string)"/>
    public static T Whole<T>(string name, string text)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.None, InvariantNumbers.Format, out T value) ? value : throw Bad(name, "a whole number of at least 0", text);

    /// <summary>A number.</summary>
    public static T Number<T>(string name, string text)
        where T : struct, IFloatingPointIeee754<T> =>
        T.TryParse(text, NumberStyles.Float, InvariantNumbers.Format, out T value) ? value : throw Bad(name, "a number", text);

    /// <summary>Words the error of a text that is no such value.</summary>
    public static FormatException Bad(string name, string expected, string got) =>
        new($"metadata {SafetensorsError.Quote(name)}: expected {expected}, got {SafetensorsError.Quote(got)}");
}
