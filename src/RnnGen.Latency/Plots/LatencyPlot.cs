using ScottPlot;
using ScottPlot.TickGenerators;

namespace RnnGen.Latency;

/// <summary>What the percentages of the steps took, as an image; the scale stretches towards 100 % to show the tail.</summary>
internal static class LatencyPlot
{
    /// <summary>Percentiles that label the axis, as far as there are enough steps for them.</summary>
    private static readonly double[] Labels = [0, 90, 99, 99.9, 99.99, 99.999];

    /// <summary>Writes a PNG.</summary>
    public static void Save(string path, LatencyReport report)
    {
        using Plot plot = PlotFont.NewPlot();

        // One nine is one unit: 90 % at 1, 99 % at 2. The slowest of n steps lies at log₁₀ n.
        double end = Math.Log10(report.Steps);
        double[] nines = [.. report.Distribution.Select(point => Math.Min(Nine(point.Percentile), end))];
        double[] nanoseconds = [.. report.Distribution.Select(point => (double)point.Nanoseconds)];

        var line = plot.Add.Scatter(nines, nanoseconds.Select(Scale).ToArray());
        line.MarkerSize = 0;
        line.LineWidth = 2;
        line.ConnectStyle = ConnectStyle.StepHorizontal;

        plot.Title(FormattableString.Invariant(
            $"One step of {report.Network}: p50 {report.P50} ns, p99 {report.P99} ns, p99.9 {report.P999} ns, max {report.Maximum} ns"));
        plot.XLabel("percentile of steps");
        plot.YLabel("latency (ns)");

        double[] labels = [.. Labels.Where(label => Nine(label) <= end)];
        plot.Axes.Bottom.SetTicks([.. labels.Select(Nine)], [.. labels.Select(label => FormattableString.Invariant($"{label} %"))]);
        plot.Axes.Left.TickGenerator = DecadeTicks(nanoseconds.Max());
        plot.Axes.SetLimits(0, end, Math.Floor(Scale(nanoseconds.Min())), Scale(nanoseconds.Max()) + 0.1);
        plot.SavePng(path, 900, 540);
    }

    private static double Nine(double percentile) => -Math.Log10(1 - (percentile / 100));

    private static double Scale(double nanoseconds) => Math.Log10(Math.Max(nanoseconds, 1));

    private static NumericManual DecadeTicks(double highest)
    {
        var ticks = new NumericManual();
        for (double decade = 1; decade <= highest; decade *= 10)
        {
            ticks.AddMajor(Scale(decade), FormattableString.Invariant($"{decade:N0}"));
            for (int i = 2; i < 10; i++)
                ticks.AddMinor(Scale(i * decade));
        }

        return ticks;
    }
}
