using System.Globalization;

namespace RnnGen.Samples.JapaneseVowels;

/// <summary>
/// Reads sequences from sktime's <c>.ts</c> text: a header of <c>@</c> lines, then one case per line, its dimensions separated by colons, their values by
/// commas, its label last. Cases may have different lengths; time stamps and missing values are rejected.
/// </summary>
internal static class TsReader
{
    /// <summary>The utterances of a file; a speaker is the index of a label in <c>@classLabel</c>.</summary>
    /// <exception cref="FormatException">It is not such a file, or not of the network's sizes; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Utterance[] Read(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="text">The file's text.</param>
    /// <param name="name">Its name, for messages.</param>
    public static Utterance[] Read(TextReader text, string name)
    {
        string[]? labels = null;
        bool inData = false;
        var utterances = new List<Utterance>();
        int number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            string place = $"{name}, line {number}";
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#'))
                continue;
            if (inData)
                utterances.Add(Case(line, labels!, place));
            else if (line.Trim().Equals("@data", StringComparison.OrdinalIgnoreCase))
                inData = labels is not null ? true : throw new FormatException($"{place}: expected @classLabel before @data");
            else
                labels = Directive(line, place) ?? labels;
        }

        if (!inData)
            throw new FormatException($"{name}: expected a line '@data', got none in {number} lines");
        return utterances.Count > 0 ? [.. utterances] : throw new FormatException($"{name}: expected cases after @data, got none");
    }

    /// <summary>Checks a header line; returns the labels if it has them.</summary>
    private static string[]? Directive(string line, string place)
    {
        if (!line.StartsWith('@'))
            throw new FormatException($"{place}: expected a line that begins with @ or #, got '{Shortened(line)}'");
        string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        switch (words[0].ToUpperInvariant())
        {
            case "@TIMESTAMPS" or "@MISSING":
                Expect(words, "false", place);
                return null;
            case "@DIMENSIONS":
                Expect(words, SpeakerRecognizer.InputSize.ToString(CultureInfo.InvariantCulture), place);
                return null;
            case "@CLASSLABEL":
                Expect(words, "true", place);
                string[] labels = words[2..];
                return labels.Length == SpeakerRecognizer.OutputSize && labels.Distinct().Count() == labels.Length
                    ? labels
                    : throw new FormatException($"{place}: expected {SpeakerRecognizer.OutputSize} different labels, got '{string.Join(' ', labels)}'");
            default:
                return null;
        }
    }

    private static void Expect(string[] words, string expected, string place)
    {
        string got = words.Length > 1 ? words[1] : "";
        if (!got.Equals(expected, StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"{place}: expected '{words[0]} {expected}', got '{got}'");
    }

    private static Utterance Case(string line, string[] labels, string place)
    {
        string[] parts = line.Split(':');
        int dimensions = parts.Length - 1;
        if (dimensions != SpeakerRecognizer.InputSize)
            throw new FormatException($"{place}: expected {SpeakerRecognizer.InputSize} dimensions and a label, separated by colons, got {parts.Length} parts");
        int speaker = Array.IndexOf(labels, parts[^1].Trim());
        if (speaker < 0)
            throw new FormatException($"{place}: expected a label of {string.Join(' ', labels)}, got '{Shortened(parts[^1])}'");

        float[] features = [];
        for (int dimension = 0; dimension < dimensions; dimension++)
        {
            string[] values = parts[dimension].Split(',');
            if (dimension == 0)
                features = new float[values.Length * dimensions];
            if (values.Length * dimensions != features.Length)
                throw new FormatException($"{place}: expected {features.Length / dimensions} values in dimension {dimension + 1}, got {values.Length}");
            for (int frame = 0; frame < values.Length; frame++)
            {
                if (!float.TryParse(values[frame], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
                {
                    string got = Shortened(values[frame]);
                    throw new FormatException($"{place}: expected a number as value {frame + 1} of dimension {dimension + 1}, got '{got}'");
                }

                features[(frame * dimensions) + dimension] = value;
            }
        }

        return new Utterance(features, speaker);
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
