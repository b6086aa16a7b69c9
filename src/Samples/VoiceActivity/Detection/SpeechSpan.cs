namespace RnnGen.Samples.VoiceActivity;

/// <summary>A part of a recording that contains speech.</summary>
/// <param name="Start">In seconds.</param>
/// <param name="End">In seconds.</param>
internal readonly record struct SpeechSpan(double Start, double End)
{
    private const double Begins = 0.5;
    private const double Ends = 0.35;

    /// <summary>Pauses of less than 100 ms are ignored.</summary>
    private const int PauseChunks = 4;

    /// <summary>Spans of less than 250 ms are ignored.</summary>
    private const int MinChunks = 8;

    /// <summary>The parts, from the probabilities of the chunks. Speech ends at a lower threshold than it begins.</summary>
    public static IEnumerable<SpeechSpan> Find(IReadOnlyList<float> probabilities)
    {
        int start = -1, last = -1;
        for (int chunk = 0; chunk <= probabilities.Count; chunk++)
        {
            bool speaks = chunk < probabilities.Count && probabilities[chunk] >= (start < 0 ? Begins : Ends);
            if (speaks)
                (start, last) = (start < 0 ? chunk : start, chunk);
            else if (start >= 0 && (chunk - last > PauseChunks || chunk == probabilities.Count))
            {
                if (last + 1 - start >= MinChunks)
                    yield return new SpeechSpan(Seconds(start), Seconds(last + 1));
                start = -1;
            }
        }
    }

    /// <summary>When a chunk begins.</summary>
    public static double Seconds(int chunk) => (double)chunk * VoiceDetector.ChunkLength / VoiceDetector.Rate;
}
