namespace RnnGen.Formats;

/// <summary>The α and β that activation functions have, as <see cref="Activation"/> states them.</summary>
internal static class ActivationConstants
{
    /// <summary>The constants of a function; null where it has none.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="alpha">A layer's α; 0 where it is not set.</param>
    /// <param name="beta">A layer's β; 0 where it is not set.</param>
    public static (float? Alpha, float? Beta) Of(Activation activation, float alpha, float beta) => activation switch
    {
        Activation.LeakyRelu => (Or(alpha, 0.01f), null),
        Activation.Elu => (Or(alpha, 1), null),
        Activation.HardSigmoid => (Or(alpha, 1f / 6), Or(beta, 0.5f)),
        Activation.HardSigmoidOnnx => (Or(alpha, 0.2f), Or(beta, 0.5f)),
        Activation.Affine => (Or(alpha, 1), beta),
        _ => (null, null),
    };

    private static float Or(float value, float unlessSet) => value == 0 ? unlessSet : value;
}
