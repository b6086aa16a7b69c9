namespace RnnGen.Samples.Audio;

/// <summary>Which WAVE files a reader accepts.</summary>
/// <param name="Rate">Their rate in Hz; null for any.</param>
/// <param name="Words">Their encodings, for messages.</param>
/// <param name="Encodings">Format tags and bits a sample.</param>
internal sealed record WavKinds(int? Rate, string Words, params (int Tag, int Bits)[] Encodings)
{
    /// <summary>Telephone speech: 8000 Hz, µ-law or 16-bit PCM.</summary>
    public static WavKinds Speech { get; } =
        new(WavFormat.ExpectedRate, "µ-law (format 7) or 16-bit PCM (format 1)", (WavFormat.MuLawTag, 8), (WavFormat.Pcm, 16));

    /// <summary>The encodings that recorders and audio programs write, at any rate.</summary>
    public static WavKinds Any { get; } = new(
        null,
        "PCM of 16, 24 or 32 bits (format 1), 32-bit floats (format 3) or µ-law (format 7)",
        (WavFormat.Pcm, 16), (WavFormat.Pcm, 24), (WavFormat.Pcm, 32), (WavFormat.Floats, 32), (WavFormat.MuLawTag, 8));

    /// <summary>The bits per sample that an encoding may have; none if it is not accepted.</summary>
    public int[] BitsOf(int tag) => [.. Encodings.Where(encoding => encoding.Tag == tag).Select(encoding => encoding.Bits)];
}
