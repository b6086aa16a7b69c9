using ScottPlot;
using SkiaSharp;

namespace RnnGen.Latency.Tests;

public sealed class PictureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(11453)]
    public void The_picture_is_a_PNG(int steps)
    {
        using var folder = new TemporaryFolder();
        using var network = new OneHotLstm(seed: 1);
        var options = new LatencyOptions { WarmUp = TimeSpan.Zero, Steps = steps, Repetitions = 1, Limits = MeasureTests.Limits };
        LatencyReport.Measure(network, [1, 2], options).SavePicture(folder["latency.png"]);
        Picture.AssertPng(folder["latency.png"]);
    }

    [Fact]
    public void The_font_of_the_plots_is_the_one_that_ships()
    {
        using Plot plot = PlotFont.NewPlot();
        SKTypeface typeface = Fonts.GetTypeface(plot.Axes.Title.Label.FontName, bold: false, italic: false);
        Assert.Equal("RnnGen Plot Sans", typeface.FamilyName);
        string printable = string.Concat(Enumerable.Range(' ', 95).Select(character => (char)character));
        Assert.DoesNotContain((ushort)0, typeface.GetGlyphs(printable));
    }
}
