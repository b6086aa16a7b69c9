using RnnGen.Latency;
using RnnGen.Training;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>Loss and accuracy over the epochs of a training run, as an image.</summary>
internal static class TrainingPlot
{
    /// <summary>Writes a PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="training">What happened.</param>
    /// <param name="testAccuracy">After the last epoch, over the test speakers.</param>
    public static void Save(string path, TrainingReport training, double testAccuracy)
    {
        using Plot plot = PlotFont.NewPlot();
        double[] epochs = [.. training.Epochs.Select(epoch => (double)epoch.Epoch)];
        double[] losses = [.. training.Epochs.Select(epoch => (double)epoch.Training.Loss)];
        double[] accuracies = [.. training.Epochs.Select(epoch => 100.0 * epoch.Training.Accuracy.GetValueOrDefault())];

        var loss = plot.Add.Scatter(epochs, losses);
        loss.LegendText = "loss, training speakers";
        loss.LineWidth = 2;

        var accuracy = plot.Add.Scatter(epochs, accuracies);
        accuracy.LegendText = "accuracy, training speakers";
        accuracy.LineWidth = 2;
        accuracy.Axes.YAxis = plot.Axes.Right;

        var test = plot.Add.HorizontalLine(100 * testAccuracy);
        test.LegendText = FormattableString.Invariant($"accuracy, test speakers: {100 * testAccuracy:F1} %");
        test.LinePattern = LinePattern.Dashed;
        test.Axes.YAxis = plot.Axes.Right;

        plot.Title("Learning to recognise spoken digits");
        plot.XLabel("epoch");
        plot.Axes.Left.Label.Text = "loss (cross entropy)";
        plot.Axes.Right.Label.Text = "accuracy (%)";
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.SetLimits(0.5, epochs.Length + 0.5, 0, 1.05 * losses.Max(), plot.Axes.Bottom, plot.Axes.Left);
        plot.Axes.SetLimitsY(0, 105, plot.Axes.Right);
        plot.ShowLegend(Edge.Bottom);
        plot.SavePng(path, 900, 540);
    }
}
