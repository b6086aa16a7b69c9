namespace RnnGen.Training;

/// <summary>What each of several outputs answered.</summary>
internal sealed class OutputMetrics : IMetrics
{
    private readonly PerOutputLoss _losses;
    private readonly OutputColumns _columns;
    private readonly IMetrics[] _metrics;
    private readonly double[] _sums, _weights;

    internal OutputMetrics(PerOutputLoss losses, OutputColumns columns, int topK)
    {
        (_losses, _columns) = (losses, columns);
        (_sums, _weights) = (new double[losses.Losses.Count], new double[losses.Losses.Count]);
        _metrics = [.. losses.Losses.Select(loss => columns.Find(loss.Output)!.HasClasses
            ? (IMetrics)new ClassificationMetrics(loss.Output.Size, Math.Min(topK, loss.Output.Size))
            : new RegressionMetrics(loss.Output.Size))];
    }

    public void Add(in LossRows rows, Targets targets)
    {
        for (int i = 0; i < _metrics.Length; i++)
        {
            OutputLoss loss = _losses.Losses[i];
            var part = new OutputRows(rows, rows.HeadOf(loss.Output), _columns.Find(loss.Output)!, _columns.Width, loss.Loss);
            try
            {
                double weight = part.Rows.TotalWeight;
                double value = LossGradients.Compute(loss.Loss, part.Rows, part.Gradients, weight);
                _sums[i] += loss.Loss.IsNormalized ? value * weight : value;
                _weights[i] += weight;
                _metrics[i].Add(part.Rows, part.Rows.Targets);
            }
            finally
            {
                part.Return();
            }
        }
    }

    internal IReadOnlyList<OutputEvaluation> ToEvaluations() => [.. _metrics.Select((metrics, i) => new OutputEvaluation(
        _losses.Losses[i].Output, (float)(_weights[i] == 0 ? 0 : _sums[i] / _weights[i]), metrics as ClassificationMetrics, metrics as RegressionMetrics))];
}
