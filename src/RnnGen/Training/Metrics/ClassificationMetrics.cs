namespace RnnGen.Training;

/// <summary>
/// Counts which classes a network's outputs tell, for any number of batches.
/// <see cref="Trainer{TNetwork}.Evaluate(TrainingSet, int, CancellationToken)"/> fills one; it can be used without a trainer as well.
/// </summary>
public sealed class ClassificationMetrics : IMetrics
{
    private double _amongTop;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="classes">How many classes there are: the network's OutputSize.</param>
    /// <param name="topK">With how many of the largest outputs <see cref="TopAccuracy"/> is content; 1 to <paramref name="classes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public ClassificationMetrics(int classes, int topK = 1)
    {
        Confusion = new ConfusionMatrix(classes);
        TopK = topK >= 1 && topK <= classes
            ? topK
            : throw new ArgumentOutOfRangeException(nameof(topK), $"topK: expected 1 to {classes} (classes), got {topK}");
    }

    /// <summary>What was taken for what.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>With how many of the largest outputs <see cref="TopAccuracy"/> is content.</summary>
    public int TopK { get; }

    /// <summary>The (weighted) share whose largest output is at the right class, 0 to 1; 0 where nothing was counted.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>
    /// The (weighted) share whose right class is among the <see cref="TopK"/> largest outputs, 0 to 1; 0 where nothing was counted. Of equal outputs the first
    /// is the larger one.
    /// </summary>
    public double TopAccuracy => Confusion.Total is > 0 and var total ? _amongTop / total : 0;

    /// <summary>Counts the answers of a batch.</summary>
    /// <param name="outputs">[rows, classes]: a row per step and sequence, time-major, or a row per sequence. Scores of any kind: the largest wins.</param>
    /// <param name="targets">[rows]: the right class; what lies at rows that do not count does not matter.</param>
    /// <param name="mask">[rows]: 0 where a row does not count, as <see cref="SequenceBatch.Mask"/> has it; empty where all do.</param>
    /// <param name="weights">[rows]: how much each counts; empty for 1.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class or weight that counts is out of range; the message names its row.</exception>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<int> targets, ReadOnlySpan<byte> mask = default, ReadOnlySpan<float> weights = default)
    {
        LossRows rows = MetricRows.Check(outputs, targets.Length * (long)Confusion.Classes, "rows × classes", Confusion.Classes, mask, weights);
        for (int row = 0; row < targets.Length; row++)
        {
            if (rows.IsCounted(row) && (uint)targets[row] >= (uint)Confusion.Classes)
            {
                string message = $"targets: expected a class from 0 to {Confusion.Classes - 1} at row {row}, got {targets[row]}";
                throw new ArgumentOutOfRangeException(nameof(targets), message);
            }
        }

        Add(rows, targets);
    }

    void IMetrics.Add(in LossRows rows, Targets targets) => Add(rows, targets.Classes);

    private void Add(in LossRows rows, ReadOnlySpan<int> classes)
    {
        for (int row = 0; row < classes.Length; row++)
        {
            float weight = rows.Weight(row);
            if (weight == 0)
                continue;
            ReadOnlySpan<float> scores = rows.LogitsOf(row);
            int answer = LossRows.Largest(scores);
            Confusion.Add(classes[row], answer, weight);
            if (answer == classes[row] || (TopK > 1 && Rank(scores, classes[row]) < TopK))
                _amongTop += weight;
        }
    }

    /// <summary>How many scores are before a class's. A NaN is after everything.</summary>
    private static int Rank(ReadOnlySpan<float> scores, int label)
    {
        float own = scores[label];
        int before = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] > own || (scores[i] == own && i < label) || (float.IsNaN(own) && i != label))
                before++;
        }

        return before;
    }
}
