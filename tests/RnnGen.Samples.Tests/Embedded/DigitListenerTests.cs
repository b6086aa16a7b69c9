using RnnGen.Samples.SpokenDigits;

namespace RnnGen.Samples.Embedded.Tests;

public sealed class DigitListenerTests
{
    private static readonly IReadOnlyList<Recording> Recordings = Corpus.Test();
    private static readonly float[] Pause = new float[DigitListener.Rate / 2];

    /// <summary>The weights were chosen by nobody: this is what the seed gives, 309 of 320. Instruction sets may differ in a last bit.</summary>
    [Fact]
    public void Speakers_that_it_never_heard_are_understood() =>
        Assert.InRange(Recordings.Count(recording => Hear(recording.Samples) is [var (digit, _)] && digit == recording.Digit), 306, 312);

    [Fact]
    public void Pauses_tell_digits_apart()
    {
        float[] samples = [.. Pause, .. Recordings[0].Samples, .. Pause, .. Recordings[200].Samples, .. Pause, .. Pause, .. Recordings[319].Samples];
        Assert.Equal([0, Hear(Recordings[200].Samples)[0].Digit, 9], Hear(samples).Select(heard => heard.Digit));
    }

    [Fact]
    public void Silence_is_no_digit() => Assert.Empty(Hear(new float[3 * DigitListener.Rate]));

    [Fact]
    public void Less_than_a_frame_is_no_digit()
    {
        float[] loud = [.. Enumerable.Repeat(0.5f, 199)];
        Assert.Empty(Hear(loud));
        Assert.Single(Hear([.. loud, 0.5f]));
    }

    [Fact]
    public void A_digit_knows_nothing_of_those_before_it()
    {
        float[] both = [.. Recordings[7].Samples, .. new float[((25 * 80) + 200 + 80) / 80 * 80], .. Recordings[9].Samples];
        using var listener = new DigitListener(DigitRecognizer.CreateDefault());
        Hear(listener, both);
        Assert.Equal(Hear(Recordings[9].Samples), Hear(listener, Recordings[9].Samples));
    }

    [Fact]
    public void Nothing_is_allocated_while_listening()
    {
        byte[] pcm = [.. Recordings.Take(20).SelectMany(recording => (float[])[.. recording.Samples, .. Pause])
            .SelectMany(sample => BitConverter.GetBytes((short)(sample * 32768)))];
        using var listener = new DigitListener(DigitRecognizer.CreateDefault());
        using var output = new MemoryStream(1 << 20);
        var lines = new LineWriter(output);

        // What the runtime does once is done in the first round; and it counts what other threads' collections leave of a buffer, now and then.
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least != 0; round++)
        {
            var reader = new SampleReader(new MemoryStream(pcm), "it");
            long before = GC.GetAllocatedBytesForCurrentThread();
            ListenProgram.Listen(reader, listener, lines);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.True(output.Length > 100);
    }

    private static List<(int Digit, float Probability)> Hear(ReadOnlySpan<float> samples)
    {
        using var listener = new DigitListener(DigitRecognizer.CreateDefault());
        return Hear(listener, samples);
    }

    private static List<(int Digit, float Probability)> Hear(DigitListener listener, ReadOnlySpan<float> samples)
    {
        var digits = new List<(int, float)>();
        foreach (float sample in samples)
            Add(listener.Hear(sample));
        Add(listener.End());
        return digits;

        void Add(Heard heard)
        {
            if (heard == Heard.Digit)
                digits.Add((listener.Digit, listener.Probability));
        }
    }
}
