namespace RnnGen.Training;

/// <summary>How often each class was predicted for each, and the figures that follow from it. Counts are sums of weights where answers are weighted.</summary>
/// <remarks>
/// Where a figure is 0 / 0 (the precision of a class that was never predicted, the recall of one that never was the target), it is 0, and averages are over the
/// classes that were right or predicted at least once, as scikit-learn has it with <c>zero_division=0</c>.
/// </remarks>
public sealed class ConfusionMatrix
{
    private const int MaxClasses = 46340; // the square still is an array's length

    private readonly double[] _counts;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no class, or there are more than a matrix can hold.</exception>
    public ConfusionMatrix(int classes)
    {
        if (classes < 1 || classes > MaxClasses)
            throw new ArgumentOutOfRangeException(nameof(classes), $"classes: expected 1 to {MaxClasses}, got {classes}");
        Classes = classes;
        _counts = new double[classes * classes];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>How many were counted.</summary>
    public double Total => _counts.Sum();

    /// <summary>How many were right.</summary>
    public double Correct => Range().Sum(label => this[label, label]);

    /// <summary>The share that was right, 0 to 1; 0 where nothing was counted.</summary>
    public double Accuracy => Ratio(Correct, Total);

    /// <summary>The mean of <see cref="Precision"/> over the classes that occur.</summary>
    public double MacroPrecision => Average(Precision);

    /// <summary>The mean of <see cref="Recall"/> over the classes that occur.</summary>
    public double MacroRecall => Average(Recall);

    /// <summary>The mean of <see cref="F1"/> over the classes that occur.</summary>
    public double MacroF1 => Average(F1);

    /// <summary>How often one class was predicted where another, or the same, was right.</summary>
    /// <param name="actual">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted] => _counts[Index(actual, predicted)];

    /// <summary>How often a class was the right one.</summary>
    /// <param name="actual">The class.</param>
    public double Support(int actual) => Range().Sum(predicted => this[actual, predicted]);

    /// <summary>How often a class was predicted.</summary>
    /// <param name="predicted">The class.</param>
    public double PredictedCount(int predicted) => Range().Sum(actual => this[actual, predicted]);

    /// <summary>Of the answers that are this class, the share that is right.</summary>
    /// <param name="label">The class.</param>
    public double Precision(int label) => Ratio(Right(label), PredictedCount(label));

    /// <summary>Of the targets that are this class, the share that was found.</summary>
    /// <param name="label">The class.</param>
    public double Recall(int label) => Ratio(Right(label), Support(label));

    /// <summary>The harmonic mean of precision and recall: <c>2·correct / (support + predicted)</c>.</summary>
    /// <param name="label">The class.</param>
    public double F1(int label) => Ratio(2 * Right(label), Support(label) + PredictedCount(label));

    /// <summary>Counts one more.</summary>
    /// <param name="actual">The right class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <param name="weight">How much it counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or the weight is negative or not finite.</exception>
    public void Add(int actual, int predicted, double weight = 1)
    {
        if (!(weight >= 0 && double.IsFinite(weight)))
        {
            string message = $"weight: expected a finite value of at least 0, got {weight}";
            throw new ArgumentOutOfRangeException(nameof(weight), message);
        }

        _counts[Index(actual, predicted)] += weight;
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    private double Average(Func<int, double> figure)
    {
        int[] occurring = [.. Range().Where(label => Support(label) + PredictedCount(label) > 0)];
        return occurring.Length == 0 ? 0 : occurring.Average(figure);
    }

    private double Right(int label) => this[Checked(label, nameof(label)), label];

    private IEnumerable<int> Range() => Enumerable.Range(0, Classes);

    private int Index(int actual, int predicted) => Checked(actual, nameof(actual)) * Classes + Checked(predicted, nameof(predicted));

    private int Checked(int label, string argument) => (uint)label < (uint)Classes
        ? label
        : throw new ArgumentOutOfRangeException(argument, $"{argument}: expected a class from 0 to {Classes - 1}, got {label}");
}
