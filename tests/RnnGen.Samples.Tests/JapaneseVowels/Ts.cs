using System.Globalization;

namespace RnnGen.Samples.JapaneseVowels.Tests;

/// <summary>Makes <c>.ts</c> text.</summary>
internal static class Ts
{
    public const string Header = "# made up\n@problemName Test\n@timeStamps false\n@missing false\n@dimensions 12\n@classLabel true 1 2 3 4 5 6 7 8 9\n@data\n";

    /// <summary>A case: in each frame, value (frame, dimension).</summary>
    public static string Case(int frames, string label, Func<int, int, float> value) =>
        string.Concat(Enumerable.Range(0, 12).Select(dimension => string.Join(',', Enumerable.Range(0, frames).Select(frame =>
            value(frame, dimension).ToString("R", CultureInfo.InvariantCulture))) + ":")) + label + "\n";

    /// <summary>A file of nine speakers, each around frames of his own.</summary>
    public static string Speakers(int each, int seed)
    {
        var random = new Random(seed);
        string[] cases =
        [
            .. from speaker in Enumerable.Range(0, 9)
               from utterance in Enumerable.Range(0, each)
               select Case(3 + random.Next(6), $"{speaker + 1}", (_, dimension) => (dimension == speaker ? 2 : 0) + (0.3f * (random.NextSingle() - 0.5f))),
        ];
        return Header + string.Concat(cases);
    }
}
