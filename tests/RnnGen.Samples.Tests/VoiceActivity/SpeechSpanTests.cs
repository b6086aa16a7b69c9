namespace RnnGen.Samples.VoiceActivity.Tests;

public sealed class SpeechSpanTests
{
    private const double Chunk = 0.032;

    [Fact]
    public void Speech_begins_at_a_half_and_ends_below() =>
        Assert.Equal([new SpeechSpan(2 * Chunk, 12 * Chunk)], Find([.. Repeat(0.4f, 2), .. Repeat(0.6f, 8), .. Repeat(0.4f, 2), .. Repeat(0.3f, 9)]));

    [Fact]
    public void A_short_pause_is_none_and_a_long_one_is() => Assert.Equal(
        [new SpeechSpan(0, 20 * Chunk), new SpeechSpan(25 * Chunk, 33 * Chunk)],
        Find([.. Repeat(0.9f, 8), .. Repeat(0, 4), .. Repeat(0.9f, 8), .. Repeat(0, 5), .. Repeat(0.9f, 8)]));

    [Fact]
    public void A_cough_is_no_speech() => Assert.Empty(Find([.. Repeat(0, 3), .. Repeat(1, 7), .. Repeat(0, 9)]));

    private static SpeechSpan[] Find(float[] probabilities) => [.. SpeechSpan.Find(probabilities)];

    private static IEnumerable<float> Repeat(float value, int count) => Enumerable.Repeat(value, count);
}
