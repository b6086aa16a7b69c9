using RnnGen.Formats;

namespace RnnGen.Cli.Verification;

/// <summary>Inputs that depend on nothing but a number.</summary>
internal static class RandomInputs
{
    /// <summary>Frames from −1 to 1, or classes.</summary>
    public static float[] Of(ModelDescription model, int steps, int seed)
    {
        var random = new Random(seed + 1);
        float[] input = new float[steps * (model.IsOneHot ? 1 : model.InputSize)];
        for (int at = 0; at < input.Length; at++)
            input[at] = model.IsOneHot ? random.Next(model.InputSize) : (2 * random.NextSingle()) - 1;
        return input;
    }
}
