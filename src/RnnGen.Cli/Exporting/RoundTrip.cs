using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Exporting;

/// <summary>Reads back what was written, and compares.</summary>
internal static class RoundTrip
{
    /// <summary>
    /// How far a network may be off that was written and read: weights are written as they are, so that no more than the rounding of sums that a writer moves
    /// (two biases that become one) is left.
    /// </summary>
    private const double Tolerance = 1e-5;

    /// <summary>Verifies a file that was written.</summary>
    /// <param name="model">What was written.</param>
    /// <param name="file">The file.</param>
    /// <returns>The largest difference of all outputs; null where no format that can be read recognises the file.</returns>
    /// <exception cref="FormatException">The file is refused by its reader, or gives something else.</exception>
    public static double? Verify(ModelDescription model, ModelFile file)
    {
        if (!ModelFormats.All.Any(format => format.Recognizes(file)))
            return null;
        ModelDifference worst = ModelComparer.Compare(model, ModelFormats.Read(file, ImportOptions.Default)).MaxBy(difference => difference.Largest)!;
        return worst.Largest <= Tolerance
            ? worst.Largest
            : throw new FormatException(FormattableString.Invariant($"the written file, read back, is {worst.Largest:G3} off in output {worst.Output} on {worst.Input}, where at most {Tolerance:G3} was expected; nothing was kept"));
    }
}
