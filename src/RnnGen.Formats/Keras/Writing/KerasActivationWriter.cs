using System.Text.Json.Nodes;

namespace RnnGen.Formats.Keras;

/// <summary>RnnGen's activation functions as Keras 3 has them: a word, or layers.</summary>
internal static class KerasActivationWriter
{
    // Of Keras 3's hard sigmoid, relu6(x + 3) / 6.
    private const float Alpha = 1f / 6, Beta = 0.5f;

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
        (float? a, float? b) = ActivationConstants.Of(activation, alpha, beta);
        return activation switch
        {
            Activation.LeakyRelu => [("LeakyReLU", new JsonObject { ["negative_slope"] = a })],
            Activation.Elu => [("ELU", new JsonObject { ["alpha"] = a })],
            Activation.Affine => [Rescaled(a!.Value, b!.Value)],

            // clip(α x + β) by Keras's clip(x / 6 + 1/2).
            Activation.HardSigmoid or Activation.HardSigmoidOnnx => [Rescaled(a!.Value / (double)Alpha, (b!.Value - Beta) / (double)Alpha), Activated("hard_sigmoid")],
            _ => throw new NotSupportedException($"Keras has no layers for {activation}."),
        };
    }

    private static (string, JsonObject) Activated(string word) => ("Activation", new JsonObject { ["activation"] = word });

    private static (string, JsonObject) Rescaled(double scale, double offset) => ("Rescaling", new JsonObject { ["scale"] = scale, ["offset"] = offset });
}
