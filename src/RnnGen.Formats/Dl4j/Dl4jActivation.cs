using System.Text.Json;

namespace RnnGen.Formats.Dl4j;

/// <summary>An activation function of Deeplearning4j's.</summary>
internal static class Dl4jActivation
{
    private const string Prefix = "Activation";

    /// <summary>The function of a layer's option.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="options">The names of the option in the versions, the newest first.</param>
    /// <exception cref="UnsupportedLayerException">RnnGen has none like it.</exception>
    /// <exception cref="FormatException">There is none.</exception>
    public static (Activation Activation, float Alpha) Of(Dl4jObject layer, params ReadOnlySpan<string> options)
    {
        (Activation Activation, float Alpha)? found = null;
        foreach (string option in options)
            if (layer.Find(option) is { } element)
                found ??= element.ValueKind == JsonValueKind.String ? (Named(layer, element.GetString()!), 0) : Of(layer, Dl4jObject.Of(element, layer.Name));
        return found ?? throw new FormatException($"{layer.Kind} {Text.Quote(layer.Name)}: expected an activation {options[0]}, got none");
    }

    private static (Activation, float) Of(Dl4jObject layer, Dl4jObject function)
    {
        string name = function.Kind.StartsWith(Prefix, StringComparison.Ordinal) ? function.Kind[Prefix.Length..] : function.Kind;
        (Activation, float) found = name.ToLowerInvariant() switch
        {
            "lrelu" => LeakyRelu(function.Number("alpha", 0.01)),
            "elu" => function.Number("alpha", 1) is > 0 and var alpha ? (Activation.Elu, (float)alpha) : throw layer.Unsupported("the α of its ELU is not above 0"),
            "relu" => Relu(layer, function),
            "gelu" => function.Flag("precise", false) ? (Activation.Gelu, 0) : throw layer.Unsupported("its GELU is an approximation, RnnGen's is exact"),
            _ => (Named(layer, name), 0),
        };
        function.CheckRest();
        return found;
    }

    private static (Activation, float) LeakyRelu(double alpha) => alpha == 0 ? (Activation.Relu, 0) : (Activation.LeakyRelu, (float)alpha);

    /// <summary>ReLU, with a slope below 0 in later versions.</summary>
    private static (Activation, float) Relu(Dl4jObject layer, Dl4jObject function) => function.Find("max") is null && function.Number("threshold", 0) == 0
        ? LeakyRelu(function.Number("negativeSlope", 0))
        : throw layer.Unsupported("its ReLU has a maximum or a threshold");

    private static Activation Named(Dl4jObject layer, string name) => name.ToLowerInvariant() switch
    {
        "tanh" => Activation.Tanh,
        "sigmoid" => Activation.Sigmoid,
        "hardsigmoid" => Activation.HardSigmoidOnnx,
        "identity" => Activation.Linear,
        "relu" => Activation.Relu,
        "softmax" => Activation.Softmax,
        "softplus" => Activation.Softplus,
        "softsign" => Activation.Softsign,
        "swish" => Activation.Swish,
        _ => throw layer.Unsupported($"RnnGen has no activation {Text.Quote(name)}"),
    };
}
