namespace RnnGen.Formats.Onnx;

/// <summary>An activation with its numbers, 0 where they are RnnGen's defaults.</summary>
internal readonly record struct ActivationFunction(Activation Activation, float Alpha = 0, float Beta = 0)
{
    /// <summary>
    /// An operator or an activation of a recurrent operator by its name, in any case. RnnGen takes 0 for an α or β that is not set; where ONNX has a real 0, another function or none says the same.
    /// </summary>
    /// <param name="name">Its name.</param>
    /// <param name="alpha">α, or null for ONNX's default.</param>
    /// <param name="beta">β.</param>
    /// <returns>The function; null where RnnGen has none like it.</returns>
    public static ActivationFunction? Of(string name, float? alpha = null, float? beta = null) => name.ToUpperInvariant() switch
    {
        "RELU" => new(Activation.Relu),
        "TANH" => new(Activation.Tanh),
        "SIGMOID" => new(Activation.Sigmoid),
        "SOFTPLUS" => new(Activation.Softplus),
        "SOFTSIGN" => new(Activation.Softsign),
        "LEAKYRELU" => alpha == 0 ? new(Activation.Relu) : alpha == 1 ? new(Activation.Linear) : new(Activation.LeakyRelu, alpha ?? 0),
        "ELU" => alpha == 0 ? new(Activation.Relu) : new(Activation.Elu, alpha ?? 0),
        "HARDSIGMOID" => alpha == 0 || beta == 0 ? null : new(Activation.HardSigmoidOnnx, alpha ?? 0, beta ?? 0),
        "AFFINE" => alpha == 0 ? null : new(Activation.Affine, alpha ?? 0, beta ?? 0),
        _ => null,
    };

    /// <summary>Whether ONNX has an α for the function, and a β.</summary>
    public static (bool Alpha, bool Beta) Parameters(string name) => name.ToUpperInvariant() switch
    {
        "LEAKYRELU" or "ELU" or "THRESHOLDEDRELU" => (true, false),
        "HARDSIGMOID" or "AFFINE" or "SCALEDTANH" => (true, true),
        _ => (false, false),
    };
}
