using System.Text.Json.Nodes;

namespace RnnGen.Formats.Keras;

/// <summary>RnnGen's activation functions as Keras 3 has them: a word, or layers.</summary>
internal static class KerasActivationWriter
{
    // Of HardSigmoid, as Keras 3 has it; of HardSigmoidOnnx.
    private const float Alpha = 1f / 6, OnnxAlpha = 0.2f, Beta = 0.5f;

    /// <summary>The function's word; null where Keras has none with this α and β.</summary>
    public static string? Word(Activation activation, float alpha, float beta) => activation switch
    {
        Activation.Linear => "linear",
        Activation.Relu => "relu",
        Activation.Tanh => "tanh",
        Activation.Sigmoid => "sigmoid",
        Activation.Softmax => "softmax",
        Activation.Softplus => "softplus",
        Activation.Softsign => "softsign",
        Activation.Gelu => "gelu",
        Activation.Swish => "silu",
        Activation.Elu when alpha is 0 or 1 => "elu",
        Activation.LeakyRelu when alpha == 0.2f => "leaky_relu",
        Activation.HardSigmoid when alpha is 0 or Alpha && beta is 0 or Beta => "hard_sigmoid",
        _ => null,
    };

    /// <summary>The layers that together are the function: class and options of each.</summary>
    public static IReadOnlyList<(string Kind, JsonObject Options)> Layers(Activation activation, float alpha, float beta)
    {
        if (Word(activation, alpha, beta) is { } word)
            return [Activated(word)];
        double a = alpha, b = beta == 0 ? Beta : beta;
        return activation switch
        {
            Activation.LeakyRelu => [("LeakyReLU", new JsonObject { ["negative_slope"] = alpha == 0 ? 0.01 : a })],
            Activation.Elu => [("ELU", new JsonObject { ["alpha"] = a })],
            Activation.Affine => [Rescaled(alpha == 0 ? 1 : a, beta)],

            // clip(α x + β) by Keras's clip(x / 6 + 1/2).
            Activation.HardSigmoid => [Rescaled(6 * (alpha == 0 ? Alpha : a), 6 * (b - Beta)), Activated("hard_sigmoid")],
            Activation.HardSigmoidOnnx => [Rescaled(6 * (alpha == 0 ? OnnxAlpha : a), 6 * (b - Beta)), Activated("hard_sigmoid")],
            _ => throw new NotSupportedException($"Keras has no layers for {activation}."),
        };
    }

    private static (string, JsonObject) Activated(string word) => ("Activation", new JsonObject { ["activation"] = word });

    private static (string, JsonObject) Rescaled(double scale, double offset) => ("Rescaling", new JsonObject { ["scale"] = scale, ["offset"] = offset });
}
