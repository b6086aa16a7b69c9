using RnnGen.Latency;
using ScottPlot;
using ScottPlot.Colormaps;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Spectrograms one below the other, as an image.</summary>
internal static class SpectrogramPlot
{
    private const int Width = 900;
    private const int HeightEach = 300;
    private const int Columns = 800;
    private const double Highest = 8000;
    private const double QuietestDecibels = -90;
    private const double LoudestDecibels = -10;

    /// <summary>Writes a PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="signals">Titles and signals, of one length.</param>
    public static void Save(string path, params (string Title, WavAudio Audio)[] signals)
    {
        var multiplot = new Multiplot();
        multiplot.Reset(Draw(signals[0].Title, signals[0].Audio)); // a new one has an empty plot
        foreach ((string title, WavAudio audio) in signals[1..])
            multiplot.AddPlot(Draw(title, audio));
        multiplot.SavePng(path, Width, HeightEach * signals.Length);
    }

    private static Plot Draw(string title, WavAudio audio)
    {
        double highest = Math.Min(Highest, audio.Rate / 2.0);
        Plot plot = PlotFont.NewPlot();
        var heatmap = plot.Add.Heatmap(Spectrogram.Of(audio, Columns, highest));
        heatmap.Extent = new CoordinateRect(0, audio.Seconds, 0, highest / 1000);
        heatmap.Colormap = new Inferno();
        heatmap.ManualRange = new ScottPlot.Range(QuietestDecibels, LoudestDecibels);
        var bar = plot.Add.ColorBar(heatmap);
        bar.Axis.Label.Text = "dB";
        bar.Axis.Label.Bold = false;
        plot.Title(title);
        plot.XLabel("s");
        plot.YLabel("kHz");
        plot.Axes.SetLimits(0, audio.Seconds, 0, highest / 1000);
        return plot;
    }
}
