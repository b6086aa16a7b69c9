namespace RnnGen.Formats.Keras;

/// <summary>The Keras that wrote a file.</summary>
/// <param name="Text">As the file states it; <c>?</c> where it does not.</param>
/// <param name="Major">Its first number; 0 where the file does not state it.</param>
/// <param name="Backend">What computed for it; null where the file does not state it.</param>
internal sealed record KerasVersion(string Text, int Major, string? Backend)
{
    /// <summary>Reads <c>2.4.0-tf</c>.</summary>
    public static KerasVersion Of(string? text, string? backend = null) => text is null
        ? new("?", 0, backend)
        : new(Formats.Text.Shorten(text, 30), int.TryParse(text.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture, out int major) ? major : 0, backend);
}
