using ScottPlot;
using SkiaSharp;

namespace RnnGen.Latency;

/// <summary>The font of all plots. It ships inside this library: a bare machine has none, and Skia then draws no text at all.</summary>
internal sealed class PlotFont : IFontResolver
{
    private const string Name = "RnnGen Plot Sans";

    private static readonly Lazy<PlotFont> Installed = new(() =>
    {
        var font = new PlotFont();
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Name;
        return font;
    });

    private PlotFont()
    {
    }

    /// <summary>An empty plot that uses the font.</summary>
    public static Plot NewPlot()
    {
        _ = Installed.Value;
        var plot = new Plot();
        plot.Font.Set(Name);
        plot.Axes.Title.Label.Bold = false;
        foreach (IAxis axis in plot.Axes.GetAxes())
            axis.Label.Bold = false;
        return plot;
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing)
    {
        if (fontName != Name)
            return null;

        using Stream? stream = typeof(PlotFont).Assembly.GetManifestResourceStream("PlotSans.ttf");
        return SKTypeface.FromStream(stream);
    }

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) =>
        CreateTypeface(fontName, FontWeight.Normal, FontSlant.Upright, FontSpacing.Normal);
}
