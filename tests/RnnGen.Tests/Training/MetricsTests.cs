using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Metrics on spans, against figures worked out by hand and scikit-learn's definitions.</summary>
public sealed class MetricsTests
{
    [Fact]
    public void A_confusion_matrix_tells_precision_recall_and_F1()
    {
        // scikit-learn's example of confusion_matrix: targets 2 0 2 2 0 1, answers 0 0 2 2 0 2.
        var confusion = new ConfusionMatrix(3);
        foreach ((int target, int answer) in new[] { (2, 0), (0, 0), (2, 2), (2, 2), (0, 0), (1, 2) })
            confusion.Add(target, answer);
        Assert.Equal((2d, 0d, 1d, 2d), (confusion[0, 0], confusion[1, 1], confusion[1, 2], confusion[2, 2]));
        Assert.Equal((3, 6d, 4d), (confusion.Classes, confusion.Total, confusion.Correct));
        Assert.Equal(4 / 6d, confusion.Accuracy, 1e-15);
        Assert.Equal((3d, 3d, 0d), (confusion.Support(2), confusion.PredictedCount(0), confusion.PredictedCount(1)));
        Assert.Equal([2 / 3d, 0, 2 / 3d], Enumerable.Range(0, 3).Select(confusion.Precision));
        Assert.Equal([1, 0, 2 / 3d], Enumerable.Range(0, 3).Select(confusion.Recall));
        Assert.Equal([0.8, 0, 2 / 3d], Enumerable.Range(0, 3).Select(confusion.F1));
        Assert.Equal(4 / 9d, confusion.MacroPrecision, 1e-15);
        Assert.Equal(5 / 9d, confusion.MacroRecall, 1e-15);
        Assert.Equal((0.8 + 2 / 3d) / 3, confusion.MacroF1, 1e-15);
    }

    [Fact]
    public void Averages_are_over_the_classes_that_occur_and_nothing_is_0()
    {
        var confusion = new ConfusionMatrix(4);
        Assert.Equal((0d, 0d, 0d), (confusion.Accuracy, confusion.MacroPrecision, confusion.MacroF1));
        confusion.Add(0, 0, 0.5);
        confusion.Add(0, 2, 1.5); // class 2 was never the target, class 1 and 3 neither target nor answer
        Assert.Equal((0.25, 0.5, 0.125), (confusion.Accuracy, confusion.MacroPrecision, confusion.MacroRecall));
        Assert.Equal((0.4 + 0) / 2, confusion.MacroF1, 1e-15);
        Assert.Equal((0d, 0d, 0d), (confusion.Precision(1), confusion.Recall(2), confusion.F1(3)));
    }

    [Fact]
    public void Classes_are_counted_with_mask_and_weights()
    {
        float[] outputs =
        [
            0.7f, 0.2f, 0.1f,
            0.3f, 0.4f, 0.3f,
            0.1f, 0.2f, 0.7f,
            float.NaN, 0, 1,
        ];
        var plain = new ClassificationMetrics(3, topK: 2);
        plain.Add(outputs.AsSpan(0, 9), [0, 0, 0]);
        Assert.Equal((1 / 3d, 2 / 3d), (plain.Accuracy, plain.TopAccuracy)); // of the equal 0.3 and 0.3, the first is larger

        var ties = new ClassificationMetrics(3, topK: 2);
        ties.Add(outputs.AsSpan(3, 3), [2]);
        Assert.Equal(0, ties.TopAccuracy);

        var weighted = new ClassificationMetrics(3, topK: 2);
        weighted.Add(outputs, [0, 1, -7, 99], [1, 1, 1, 0], [0.5f, 2, 0, float.NaN]);
        weighted.Add(outputs.AsSpan(6, 3), [1], [1], [1.5f]);
        Assert.Equal((4d, 0.5, 2d, 1.5), (weighted.Confusion.Total, weighted.Confusion[0, 0], weighted.Confusion[1, 1], weighted.Confusion[1, 2]));
        Assert.Equal((2.5 / 4, 1d), (weighted.Accuracy, weighted.TopAccuracy));

        var all = new ClassificationMetrics(3, topK: 3);
        all.Add(outputs.AsSpan(0, 9), [2, 1, 0]);
        Assert.Equal((1 / 3d, 1d), (all.Accuracy, all.TopAccuracy));
        Assert.Equal(0, new ClassificationMetrics(2).TopAccuracy);
    }

    [Fact]
    public void Values_have_errors_and_a_coefficient_of_determination_per_output()
    {
        // scikit-learn's example of r2_score: targets 3 -0.5 2 7, outputs 2.5 0 2 8 give 0.9486...; the second output is constant.
        float[] targets = [3, 1, -0.5f, 1, 2, 1, 7, 1];
        float[] outputs = [2.5f, 1, 0, 1, 2, 1, 8, 2];
        var metrics = new RegressionMetrics(2);
        metrics.Add(outputs.AsSpan(0, 4), targets.AsSpan(0, 4));
        metrics.Add(outputs.AsSpan(4), targets.AsSpan(4));
        Assert.Equal((4d, 0.375, 0.25), (metrics.Total, metrics.MeanSquaredErrorOf(0), metrics.MeanSquaredErrorOf(1)));
        Assert.Equal((0.5, 0.25), (metrics.MeanAbsoluteErrorOf(0), metrics.MeanAbsoluteErrorOf(1)));
        Assert.Equal(0.9486081370449679, metrics.RSquaredOf(0), 1e-14);
        Assert.Equal(0, metrics.RSquaredOf(1)); // constant targets, missed
        Assert.Equal((0.3125, 0.375), (metrics.MeanSquaredError, metrics.MeanAbsoluteError));
        Assert.Equal(0.9486081370449679 / 2, metrics.RSquared, 1e-14);

        var perfect = new RegressionMetrics(1);
        Assert.Equal((0d, 0d, 0d), (perfect.MeanSquaredError, perfect.MeanAbsoluteError, perfect.RSquared));
        perfect.Add([5, 5, 5], [5f, 5, 5]);
        Assert.Equal(1, perfect.RSquared);
    }

    [Fact]
    public void Weights_are_as_good_as_repetition_and_far_values_lose_no_digits()
    {
        float[] targets = Numbers.Draw(1, 40);
        float[] outputs = Numbers.Draw(2, 40);
        for (int i = 0; i < 40; i++)
            (targets[i], outputs[i]) = (targets[i] + 10_000, outputs[i] + 10_000);
        float[] weights = [.. Enumerable.Range(0, 40).Select(i => (float)(i % 4))];
        byte[] mask = [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 5 == 0 ? 0 : 1))];
        (weights[5], targets[10]) = (float.NaN, float.NaN); // masked
        var weighted = new RegressionMetrics(1);
        weighted.Add(outputs, targets, mask, weights);

        int[] rows = [.. Enumerable.Range(0, 40).Where(i => mask[i] != 0).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        double mean = rows.Average(i => (double)targets[i]);
        double missed = rows.Sum(i => Math.Pow((double)targets[i] - outputs[i], 2));
        Assert.Equal(rows.Length, weighted.Total);
        Assert.Equal(missed / rows.Length, weighted.MeanSquaredError, 1e-12);
        Assert.Equal(1 - missed / rows.Sum(i => Math.Pow(targets[i] - mean, 2)), weighted.RSquared, 1e-9);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        var classes = new ClassificationMetrics(3);
        var values = new RegressionMetrics(3);
        Expect("outputs: expected 6 values (rows × classes), got 5", () => classes.Add(new float[5], [0, 1]));
        Expect("mask: expected 2 values (rows), got 1", () => classes.Add(new float[6], [0, 1], [1]));
        Expect("weights: expected 2 values (rows), got 3", () => classes.Add(new float[6], [0, 1], default, new float[3]));
        Expect("weights: expected a finite value of at least 0 at row 1, got -1", () => classes.Add(new float[6], [0, 1], default, [1, -1]));
        Expect("expected a class from 0 to 2 at row 1, got 3", () => classes.Add(new float[6], [0, 3]));
        Assert.Equal(0, classes.Confusion.Total); // nothing of a bad batch is counted
        Expect("multiple of 3", () => values.Add(new float[5], new float[5]));
        Expect("targets: expected 6 values", () => values.Add(new float[6], new float[3]));
        Expect("output: expected 0 to 2, got 3", () => values.RSquaredOf(3));
        Expect("topK: expected 1 to 3", () => new ClassificationMetrics(3, 4));
        Expect("topK: expected 1 to 3", () => new ClassificationMetrics(3, 0));
        Expect("classes: expected 1 to", () => new ConfusionMatrix(0));
        Expect("outputs: expected 1 to", () => new RegressionMetrics(0));
        var confusion = new ConfusionMatrix(2);
        Expect("actual: expected a class from 0 to 1, got 2", () => confusion.Add(2, 0));
        Expect("predicted: expected a class from 0 to 1, got -1", () => confusion[0, -1].ToString(System.Globalization.CultureInfo.InvariantCulture));
        Expect("weight", () => confusion.Add(0, 0, double.NaN));
    }

    private static void Expect(string part, Action act) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);
}
