using RnnGen.Cli.Compilation;
using RnnGen.Formats;

namespace RnnGen.Cli.Verification;

/// <summary>
/// Compares what a description computes in three ways: by the evaluator in double precision, by the compiled network as a batch and step by step, and by what
/// the file's own framework recorded.
/// </summary>
internal static class ModelVerifier
{
    // Enough for a state to matter, few enough for a double-precision evaluation of a large network.
    private const int Sequences = 3, Steps = 24;

    /// <summary>
    /// How far the compiled network may be from double precision, absolute up to a magnitude of 1 and relative beyond. Single precision leaves about 1e-6 after a few
    /// layers of hundreds of units; a wrong gate, order or sign leaves 1e-2 and more.
    /// </summary>
    public const double Tolerance = 1e-4;

    /// <summary>Verifies a network on random and on recorded inputs.</summary>
    /// <exception cref="FormatException">Two of the ways disagree; the message says which, where and by how much.</exception>
    public static VerificationReport Verify(ModelDescription model, CompiledNetwork compiled)
    {
        var evaluator = new ModelEvaluator(model);
        double random = 0, recorded = 0;
        bool hasSteps = !model.IsPerSequence && compiled.Network.HasSteps;
        for (int sequence = 0; sequence < Sequences; sequence++)
        {
            float[] input = RandomInputs.Of(model, Steps, sequence);
            double[] expected = evaluator.Run(input);
            random = Math.Max(random, Compare("random input", expected, compiled.Network.Run(input), Tolerance));
            if (hasSteps)
                random = Math.Max(random, Compare("random input, step by step", expected, compiled.Network.Steps(input), Tolerance));
        }

        foreach (Recording recording in model.Recordings)
        {
            double[] expected = Unmasked(Array.ConvertAll(recording.Output, value => (double)value), recording, model);
            Compare($"{recording.Name}, by the evaluator", expected, Floats(Unmasked(evaluator.Run(recording.Input, recording.Mask), recording, model)), recording.Tolerance);
            double[] outputs = Array.ConvertAll(compiled.Network.Run(recording.Input, recording.Mask), value => (double)value);
            recorded = Math.Max(recorded, Compare(recording.Name, expected, Floats(Unmasked(outputs, recording, model)), recording.Tolerance));
        }

        return new VerificationReport(random, model.Recordings.Count, recorded);
    }

    /// <summary>The largest difference, relative beyond a magnitude of 1.</summary>
    /// <exception cref="FormatException">It is above the tolerance.</exception>
    public static double Compare(string what, double[] expected, float[] actual, double tolerance)
    {
        if (expected.Length != actual.Length)
            throw new FormatException($"{what}: expected {expected.Length} outputs, got {actual.Length}");
        double largest = 0;
        for (int at = 0; at < expected.Length; at++)
        {
            double difference = Math.Abs(expected[at] - actual[at]) / Math.Max(1, Math.Abs(expected[at]));
            if (!(difference <= tolerance))
                throw new FormatException($"{what}: expected {expected[at]:G9} at {at}, got {actual[at]:G9}; that is {difference:G3} off, more than the {tolerance:G3} allowed");
            largest = Math.Max(largest, difference);
        }

        return largest;
    }

    private static double[] Unmasked(double[] outputs, Recording recording, ModelDescription model) => recording.Mask is not { } mask || model.IsPerSequence
        ? outputs
        : [.. outputs.Where((_, at) => mask[at / model.OutputSize])];

    private static float[] Floats(double[] values) => Array.ConvertAll(values, value => (float)value);
}
