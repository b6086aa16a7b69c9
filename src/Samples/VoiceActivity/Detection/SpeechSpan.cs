namespace RnnGen.Samples.VoiceActivity;

/// <summary>A part of a recording in which somebody speaks.</summary>
/// <param name="Start">In seconds.</param>
/// <param name="End">In seconds.</param>
internal readonly record struct SpeechSpan(double Start, double End)
{
    private const double Begins = 0.5;
    private const double Ends = 0.35;

    /// <summary>A pause of less than 100 ms is none.</summary>
    private const int PauseChunks = 4;

    /// <summary>Less than 250 ms are no speech.</summary>
    private const int MinChunks = 8;

    /// <summary>The parts, from the probabilities of the chunks: once somebody speaks, it takes less to believe that he goes on.</summary>
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
