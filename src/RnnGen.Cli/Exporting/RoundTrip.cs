using RnnGen.Cli.Compilation;
using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Exporting;

/// <summary>Reads back what was written, and compares.</summary>
internal static class RoundTrip
{
    /// <summary>
    /// How far a network may be off after it was written and read back. Weights are written unchanged, so the only difference is the rounding of sums that a writer
    /// moves (two biases that become one).
    /// </summary>
    private const double Tolerance = 1e-5;

    private const int Steps = 24;

    /// <summary>Verifies a file that was written.</summary>
    /// <param name="model">What was written.</param>
    /// <param name="writer">The format.</param>
    /// <param name="file">The file.</param>
    /// <returns>How it was verified, or why not: one of two sentences.</returns>
    /// <exception cref="FormatException">The file is damaged, or the outputs differ.</exception>
    public static (string? Verified, string? Problem) Verify(ModelDescription model, ModelWriter writer, ModelFile file)
    {
        if (writer.HoldsWeightsAlone)
            return (Load(model, file), null);
        if (!ModelFormats.All.Any(format => format.Recognizes(file)))
            return (null, $"rnngen does not read {writer.Name}.");
        try
        {
            return (Compare(model, ModelFormats.Read(file, ImportOptions.Default)), null);
        }
        catch (UnsupportedLayerException reason)
        {
            // The format has words for the network, but its reader does not know every way to use them.
            return (null, $"rnngen cannot read it back: {reason.Message}.");
        }
    }

    private static string Compare(ModelDescription model, ModelDescription again)
    {
        ModelDifference worst = ModelComparer.Compare(model, again).MaxBy(difference => difference.Largest)!;
        return worst.Largest <= Tolerance
            ? FormattableString.Invariant($"Verified: read back, the file gives the same outputs within {worst.Largest:G2}.")
            : throw new FormatException(FormattableString.Invariant($"the written file, read back, is {worst.Largest:G3} off in output {worst.Output} on {worst.Input}, expected at most {Tolerance:G3}; nothing was kept"));
    }

    private static string Load(ModelDescription model, ModelFile file)
    {
        using CompiledNetwork compiled = CompiledNetwork.Compile(model);
        using var stream = new MemoryStream(file.Bytes);
        using NetworkRunner loaded = compiled.Network.Load(stream);
        float[] input = RandomInputs.Of(model, Steps, seed: 0);
        return loaded.Run(input).SequenceEqual(compiled.Network.Run(input))
            ? "Verified: the network's class loads it and gives the same bits. It holds only weights, no architecture."
            : throw new FormatException("the network that loads the written file gives different outputs; nothing was kept");
    }
}
