using RnnGen.Cli.Verification;
using RnnGen.Formats;

namespace RnnGen.Cli.Importing;

/// <summary>The inputs and outputs by which a written class can be tested in its own project.</summary>
internal static class SelfTest
{
    // People read source files too: longer recordings are cut if the network allows it.
    private const int MaxValues = 2048, MaxCases = 3, RandomSteps = 8;

    /// <summary>Those that the file holds; if it has none, some that the evaluator computes.</summary>
    /// <param name="model">The network.</param>
    /// <param name="hasSteps">Whether its first outputs do not depend on later inputs.</param>
    public static IReadOnlyList<Recording> Cases(ModelDescription model, bool hasSteps)
    {
        Recording[] recorded = [.. model.Recordings.Select(recording => Shortened(recording, model, hasSteps)).OfType<Recording>().Take(MaxCases)];
        if (recorded.Length > 0)
            return recorded;
        float[] input = RandomInputs.Of(model, RandomSteps, seed: 0);
        float[] output = Array.ConvertAll(new ModelEvaluator(model).Run(input), value => (float)value);
        return [new Recording("Random inputs, with outputs that rnngen computed in double precision.", input, output, null, ModelVerifier.Tolerance)];
    }

    /// <summary>The recording's first steps; null where it is too long and cannot be cut.</summary>
    private static Recording? Shortened(Recording recording, ModelDescription model, bool hasSteps)
    {
        if (recording.Input.Length + recording.Output.Length <= MaxValues)
            return recording with { Name = $"Recorded: {recording.Name}." };
        if (!hasSteps || model.IsPerSequence)
            return null;
        int frame = model.IsOneHot ? 1 : model.InputSize, steps = Math.Max(1, MaxValues / (frame + model.OutputSize));
        return recording with
        {
            Name = $"Recorded: {recording.Name}, the first {steps} steps.",
            Input = recording.Input[..(steps * frame)],
            Output = recording.Output[..(steps * model.OutputSize)],
            Mask = recording.Mask?[..steps],
        };
    }
}
