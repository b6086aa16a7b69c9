namespace RnnGen.Samples.GuitarAmp;

/// <summary>A plucked string: noise in a delay line that loses treble on each pass (Karplus and Strong 1983).</summary>
internal static class PluckedString
{
    /// <summary>Adds a note to a signal.</summary>
    /// <param name="signal">From where it begins.</param>
    /// <param name="rate">Samples per second.</param>
    /// <param name="frequency">In Hz.</param>
    /// <param name="loudness">0 to 1.</param>
    /// <param name="damping">The gain per pass, less than 1; a muted string has a small one.</param>
    /// <param name="random">Plucks.</param>
    public static void Add(Span<float> signal, int rate, double frequency, double loudness, double damping, Random random)
    {
        // The average with the sample that comes next makes a time round half a sample shorter.
        var line = new double[Math.Max(2, (int)Math.Round((rate / frequency) + 0.5))];
        double smooth = 0;
        for (int i = 0; i < line.Length; i++)
            line[i] = smooth += 0.6 * ((2 * random.NextDouble()) - 1 - smooth);
        double mean = line.Average();

        int place = 0;
        for (int i = 0; i < signal.Length; i++)
        {
            int next = place + 1 == line.Length ? 0 : place + 1;
            signal[i] += (float)(loudness * (line[place] - mean));
            line[place] = mean + (damping * (((line[place] + line[next]) / 2) - mean));
            place = next;
        }
    }
}
