using RnnGen.Latency;
using ScottPlot;

namespace RnnGen.Samples.VoiceActivity;

/// <summary>The probability of speech over the waveform, as an image.</summary>
internal static class ActivityPlot
{
    private const int Columns = 800;

    /// <summary>Writes a PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="audio">What was heard.</param>
    /// <param name="probabilities">Of its chunks.</param>
    /// <param name="spans">The spans of speech.</param>
    public static void Save(string path, WavAudio audio, float[] probabilities, IReadOnlyList<SpeechSpan> spans)
    {
        using Plot plot = PlotFont.NewPlot();
        foreach (SpeechSpan span in spans)
        {
            var area = plot.Add.HorizontalSpan(span.Start, span.End);
            area.FillStyle.Color = Colors.Green.WithAlpha(0.15);
            area.LineStyle.Width = 0;
            area.LegendText = span == spans[0] ? "speech" : "";
        }

        (double[] times, double[] lowest, double[] highest) = Envelope(audio);
        var wave = plot.Add.FillY(times, lowest, highest);
        wave.FillStyle.Color = Colors.SteelBlue;
        wave.LineStyle.Width = 0;
        wave.LegendText = "waveform";

        double[] ends = [.. Enumerable.Range(1, probabilities.Length).Select(SpeechSpan.Seconds)];
        var probability = plot.Add.ScatterLine(ends, [.. probabilities.Select(value => (double)value)]);
        probability.LineWidth = 1.5f;
        probability.Color = Colors.DarkOrange;
        probability.LegendText = "probability of speech";
        probability.Axes.YAxis = plot.Axes.Right;

        double loudest = 1.05 * Math.Max(1e-3, audio.Samples.Max(Math.Abs));
        plot.Title("Voice activity");
        plot.XLabel("time (s)");
        plot.Axes.Left.Label.Text = "amplitude";
        plot.Axes.Right.Label.Text = "probability";
        plot.Axes.SetLimits(0, audio.Seconds, -loudest, loudest, plot.Axes.Bottom, plot.Axes.Left);
        plot.Axes.SetLimitsY(-1.05, 1.05, plot.Axes.Right); // 0 where the waveform's 0 is
        plot.Axes.Right.SetTicks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"]);
        plot.ShowLegend(Edge.Bottom);
        plot.SavePng(path, 900, 540);
    }

    /// <summary>The lowest and the highest sample of each column of the image.</summary>
    private static (double[] Times, double[] Lowest, double[] Highest) Envelope(WavAudio audio)
    {
        int columns = Math.Min(Columns, audio.Samples.Length);
        (double[] times, double[] lowest, double[] highest) = (new double[columns], new double[columns], new double[columns]);
        for (int column = 0; column < columns; column++)
        {
            int start = (int)((long)column * audio.Samples.Length / columns), end = (int)((column + 1L) * audio.Samples.Length / columns);
            float[] samples = audio.Samples[start..end];
            (times[column], lowest[column], highest[column]) = ((start + end) / 2.0 / audio.Rate, samples.Min(), samples.Max());
        }

        return (times, lowest, highest);
    }
}
