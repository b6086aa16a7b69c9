namespace RnnGen.Formats;

/// <summary>A batch normalisation as inference knows it: <c>y = scale ⊙ x + shift</c>, a value per channel.</summary>
/// <param name="Scale">The factors.</param>
/// <param name="Shift">What is added.</param>
internal sealed record Normalization(double[] Scale, double[] Shift)
{
    /// <summary><c>γ (x − mean) / √(variance + ε) + β</c>.</summary>
    /// <exception cref="FormatException">A variance and ε make no positive number, or the vectors are not of one length.</exception>
    public static Normalization Of(float[] mean, float[] variance, double epsilon, float[]? gamma, float[]? beta)
    {
        int channels = mean.Length;
        if (variance.Length != channels || (gamma?.Length ?? channels) != channels || (beta?.Length ?? channels) != channels)
            throw new FormatException($"batch normalisation: expected {channels} values of variance, γ and β, as many as of the mean, got {variance.Length}, {gamma?.Length} and {beta?.Length}");
        if (Array.FindIndex(variance, value => !(value + epsilon > 0)) is >= 0 and var at)
            throw new FormatException($"batch normalisation: expected a variance above −ε, got {variance[at]} at {at}");
        double[] scale = [.. variance.Select((value, channel) => (gamma?[channel] ?? 1) / Math.Sqrt(value + epsilon))];
        return new Normalization(scale, [.. scale.Select((factor, channel) => (beta?[channel] ?? 0) - (factor * mean[channel]))]);
    }

    /// <summary>Makes weights <c>[channels, …]</c> and bias of the layer in front those of both.</summary>
    public void FoldInto(float[] weight, float[] bias)
    {
        int rowSize = weight.Length / bias.Length;
        for (int index = 0; index < weight.Length; index++)
            weight[index] = (float)(Scale[index / rowSize] * weight[index]);
        for (int channel = 0; channel < bias.Length; channel++)
            bias[channel] = (float)((Scale[channel] * bias[channel]) + Shift[channel]);
    }
}
