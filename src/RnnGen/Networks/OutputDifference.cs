namespace RnnGen;

/// <summary>How far the outputs of a network are from those of a reference. All figures are NaN or infinite where an output is.</summary>
/// <param name="Outputs">Outputs that were compared.</param>
/// <param name="MaxAbsolute">The largest difference.</param>
/// <param name="MeanAbsolute">The mean of the absolute differences.</param>
/// <param name="RootMeanSquare">The square root of the mean of the squared differences.</param>
/// <param name="Relative">That in proportion to the same of the reference's outputs; 0 where there is no difference.</param>
/// <param name="Agreement">
/// The share of the steps (of the sequences, where a network answers once per sequence) whose largest output is the same one: 0 to 1.
/// </param>
public sealed record OutputDifference(long Outputs, double MaxAbsolute, double MeanAbsolute, double RootMeanSquare, double Relative, double Agreement)
{
    /// <summary>A one-line summary.</summary>
    public override string ToString() =>
        $"{Outputs} outputs: largest difference {MaxAbsolute:G3}, mean {MeanAbsolute:G3}, RMS {RootMeanSquare:G3} ({100 * Relative:G3} % of the outputs'), " +
        $"the same largest output in {100 * Agreement:F2} %";
}
