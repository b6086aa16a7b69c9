namespace RnnGen;

/// <summary>
/// How exact the sigmoid and tanh inside layers are at inference. Small recurrent networks spend most of a step on them.
/// <see cref="NetworkComparison"/> reports what it changes in the outputs.
/// </summary>
public enum ActivationAccuracy
{
    /// <summary>At most 3e-7 from the true value: as close as 32-bit sums make sense of.</summary>
    Exact,

    /// <summary>
    /// At most 1.8e-5 (tanh) and 9e-6 (sigmoid) from the true value: fractions of half the degree. What that saves depends on size and CPU: with
    /// AVX2 on Zen 3, 7 to 20 % of a step of 8 to 40 LSTM units.
    /// </summary>
    Fast,
}
