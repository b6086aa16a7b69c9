using HdrHistogram;
using ScottPlot;
using SkiaSharp;

namespace RnnGen.Samples.SpokenDigits.Tests;

public sealed class PlotTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void The_training_plot_is_a_PNG(int epochs)
    {
        using var folder = new TemporaryFolder();
        EpochReport Report(int epoch) => new(epoch, new Score(Loss: 2f / epoch, Accuracy: 1 - (1f / epoch)), Validation: null, TimeSpan.Zero);
        var report = new TrainingReport([.. Enumerable.Range(1, epochs).Select(Report)], epochs, StoppedEarly: false, TimeSpan.Zero);
        TrainingPlot.Save(folder["training.png"], report, testAccuracy: 0.95);
        AssertPng(folder["training.png"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11453)]
    public void The_latency_plot_is_a_PNG(int steps)
    {
        using var folder = new TemporaryFolder();
        var histogram = new LongHistogram(10_000_000_000, 3);
        for (int i = 0; i < steps; i++)
            histogram.RecordValue(800 + (i * i));
        LatencyPlot.Save(folder["latency.png"], new StepLatency(histogram, Clock: 20, AllocatedBytes: 0));
        AssertPng(folder["latency.png"]);
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

    private static void AssertPng(string path)
    {
        using SKBitmap image = SKBitmap.Decode(path);
        Assert.Equal((900, 540), (image.Width, image.Height));

        // The title is the only thing in the topmost rows: without a font they would be empty.
        Assert.Contains(Enumerable.Range(0, 900 * 25), i => image.GetPixel(i % 900, i / 900).Red < 128);
    }
}
