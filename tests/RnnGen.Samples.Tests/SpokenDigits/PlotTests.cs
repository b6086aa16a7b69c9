using RnnGen.Training;

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
        Picture.AssertPng(folder["training.png"]);
    }
}
