namespace RnnGen.Training;

/// <summary>
/// Measures how far a network's outputs are from the values that they should have, for any number of batches.
/// <see cref="Trainer{TNetwork}.Evaluate(TrainingSet, int, CancellationToken)"/> fills one; it can be used without a trainer as well. Where nothing was
/// counted, all figures are 0.
/// </summary>
public sealed class RegressionMetrics : IMetrics
{
    private readonly double[] _squares;
    private readonly double[] _absolutes;
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="outputs">Values per row: the network's OutputSize.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is not positive, or more than an array can hold.</exception>
    public RegressionMetrics(int outputs)
    {
        if (outputs < 1 || outputs > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(outputs), $"outputs: expected 1 to {Array.MaxLength}, got {outputs}");
        Outputs = outputs;
        _squares = new double[outputs];
        _absolutes = new double[outputs];
        _means = new double[outputs];
        _deviations = new double[outputs];
    }

    /// <summary>Values per row.</summary>
    public int Outputs { get; }

    /// <summary>How many rows were counted: the sum of their weights.</summary>
    public double Total { get; private set; }

    /// <summary>The mean of the squared differences, over all outputs.</summary>
    public double MeanSquaredError => Average(MeanSquaredErrorOf);

    /// <summary>The mean of the absolute differences, over all outputs.</summary>
    public double MeanAbsoluteError => Average(MeanAbsoluteErrorOf);

    /// <summary>The mean of <see cref="RSquaredOf"/> over all outputs.</summary>
    public double RSquared => Average(RSquaredOf);

    /// <summary>The mean of the squared differences of one output.</summary>
    /// <param name="output">Its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double MeanSquaredErrorOf(int output) => Mean(_squares[Checked(output)]);

    /// <summary>The mean of the absolute differences of one output.</summary>
    /// <param name="output">Its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double MeanAbsoluteErrorOf(int output) => Mean(_absolutes[Checked(output)]);

    /// <summary>
    /// The coefficient of determination of one output, <c>1 − Σ w (y − o)² / Σ w (y − ȳ)²</c>: 1 is perfect, 0 no better than always the mean. Where the
    /// targets never differ it is 1 if every output is right and 0 otherwise, as scikit-learn has it.
    /// </summary>
    /// <param name="output">Its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public double RSquaredOf(int output)
    {
        double missed = _squares[Checked(output)];
        return Total == 0 ? 0 : _deviations[output] != 0 ? 1 - missed / _deviations[output] : missed == 0 ? 1 : 0;
    }

    /// <summary>Measures the answers of a batch.</summary>
    /// <param name="outputs">[rows, Outputs]: a row per step and sequence, time-major, or a row per sequence.</param>
    /// <param name="targets">In the same shape: the right values; what lies at rows that do not count does not matter.</param>
    /// <param name="mask">[rows]: 0 where a row does not count, as <see cref="SequenceBatch.Mask"/> has it; empty where all do.</param>
    /// <param name="weights">[rows]: how much each counts; empty for 1.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight that counts is negative or not finite; the message names its row.</exception>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<byte> mask = default, ReadOnlySpan<float> weights = default)
    {
        if (outputs.Length % Outputs != 0)
            throw new ArgumentException($"outputs: expected a multiple of {Outputs} values (Outputs), got {outputs.Length}", nameof(outputs));
        Runtime.Guard.Length(targets.Length, outputs.Length, nameof(targets), "as many as outputs");
        Add(MetricRows.Check(outputs, outputs.Length, "rows × Outputs", Outputs, mask, weights), targets);
    }

    void IMetrics.Add(in LossRows rows, Targets targets) => Add(rows, targets.Values);

    private void Add(in LossRows rows, ReadOnlySpan<float> targets)
    {
        for (int row = 0, count = rows.Count; row < count; row++)
        {
            double weight = rows.Weight(row);
            if (weight == 0)
                continue;
            Total += weight;
            ReadOnlySpan<float> outputs = rows.OutputsOf(row);
            ReadOnlySpan<float> values = targets.Slice(row * rows.OutputSize, rows.OutputSize);
            for (int i = 0; i < outputs.Length; i++)
            {
                double difference = (double)values[i] - outputs[i];
                _squares[i] += weight * difference * difference;
                _absolutes[i] += weight * Math.Abs(difference);

                // The mean so far and the squares around it (West 1979): Σ y² − n ȳ² would cancel where values are far from 0.
                double fromMean = values[i] - _means[i];
                _means[i] += fromMean * (weight / Total);
                _deviations[i] += weight * fromMean * (values[i] - _means[i]);
            }
        }
    }

    private double Mean(double sum) => Total == 0 ? 0 : sum / Total;

    private double Average(Func<int, double> figure) => Enumerable.Range(0, Outputs).Average(figure);

    private int Checked(int output) => (uint)output < (uint)Outputs
        ? output
        : throw new ArgumentOutOfRangeException(nameof(output), $"output: expected 0 to {Outputs - 1}, got {output}");
}
