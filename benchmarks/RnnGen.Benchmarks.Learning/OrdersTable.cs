using System.Globalization;
using RnnGen.Benchmarks.Quick;

namespace RnnGen.Benchmarks.Learning;

/// <summary>Every order's results on one task, over the same seeds, and their differences from the first order's.</summary>
internal static class OrdersTable
{
    public static string Measure(LearningTask task, int seeds)
    {
        var table = new MarkdownTable("order", "training loss", "± of difference", "test accuracy", "± of difference", "masked steps", "seconds", "time");
        task.Run(Order.All[0], 0); // compiles
        Outcome[][] outcomes = [.. Order.All.Select(_ => new Outcome[seeds])];
        for (int seed = 1; seed <= seeds; seed++) // by turns, so that a disturbance meets all orders
            for (int order = 0; order < outcomes.Length; order++)
                outcomes[order][seed - 1] = task.Run(Order.All[order], seed);

        for (int order = 0; order < outcomes.Length; order++)
        {
            Outcome[] own = outcomes[order];
            double seconds = Median(own, outcome => outcome.Seconds);
            table.Add(
                Order.All[order].Name,
                $"{own.Average(outcome => outcome.TrainingLoss):F4}",
                order == 0 ? "" : Difference(own, outcomes[0], outcome => outcome.TrainingLoss, 4),
                $"{100 * own.Average(outcome => outcome.TestAccuracy):F2} %",
                order == 0 ? "" : Difference(own, outcomes[0], outcome => 100 * outcome.TestAccuracy, 2),
                $"{100 * own.Average(outcome => outcome.Padding):F1} %",
                $"{seconds:F2}",
                $"{seconds / Median(outcomes[0], outcome => outcome.Seconds):F2}×");
        }

        return table.ToString();
    }

    /// <summary>The mean difference over the seeds and its standard error.</summary>
    private static string Difference(Outcome[] own, Outcome[] first, Func<Outcome, double> value, int digits)
    {
        double[] differences = [.. own.Zip(first, (a, b) => value(a) - value(b))];
        double mean = differences.Average();
        double error = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1) / differences.Length);
        return $"{(Math.Round(mean, digits) < 0 ? '−' : '+')}{Fixed(Math.Abs(mean))} ± {Fixed(error)}";

        string Fixed(double number) => number.ToString($"F{digits}", CultureInfo.InvariantCulture);
    }

    private static double Median(Outcome[] outcomes, Func<Outcome, double> value) => outcomes.Select(value).Order().ElementAt(outcomes.Length / 2);
}
