using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>One of RnnGen's activation functions with its α and β, 0 where they are as the function has them.</summary>
/// <param name="Function">The function.</param>
/// <param name="Alpha">α.</param>
/// <param name="Beta">β.</param>
internal sealed record KerasActivation(Activation Function, float Alpha = 0, float Beta = 0)
{
    /// <summary>The identity.</summary>
    public static KerasActivation Linear { get; } = new(Activation.Linear);
}

/// <summary>Keras's activation functions as RnnGen's: one, or several one after the other.</summary>
internal static class KerasActivations
{
    /// <summary>The activation that an option names: by a word, or by an object that Keras serialized.</summary>
    /// <param name="layer">The layer, for messages and its version.</param>
    /// <param name="option">The option's value; null for none.</param>
    public static IReadOnlyList<KerasActivation> Of(KerasLayer layer, JsonElement? option)
    {
        if (option is not { } value)
            return [];
        if (value.ValueKind == JsonValueKind.String)
            return ByName(layer, value.GetString()!);
        string kind = KerasJson.Text(value, "class_name");
        if (kind == "function" && value.TryGetProperty("config", out JsonElement function) && function.ValueKind == JsonValueKind.String)
        {
            // Keras 3 writes a function that it does not know as its author's, by module and name.
            string module = value.TryGetProperty("module", out JsonElement place) && place.ValueKind == JsonValueKind.String ? place.GetString()! : "builtins";
            return module == "builtins" || module.StartsWith("keras", StringComparison.Ordinal)
                ? ByName(layer, function.GetString()!)
                : throw layer.Refuse($"its activation {Text.Quote(function.GetString()!)} is of the module {Text.Quote(module)}");
        }

        var nested = KerasLayer.Of(value, layer.Version);
        return OfLayer(nested) ?? throw layer.Refuse($"its activation is of the class {Text.Quote(kind)}, which is not known");
    }

    /// <summary>The only one of a recurrent layer's gates or candidate.</summary>
    public static KerasActivation Single(KerasLayer layer, JsonElement? option) => Of(layer, option) switch
    {
        [] => KerasActivation.Linear,
        [{ Function: not Activation.Softmax } one] => one,
        _ => throw layer.Refuse($"its activation {Text.Shorten(option!.Value.GetRawText())} cannot be that of a recurrent layer"),
    };

    /// <summary>The activation that a layer is; null where it is none.</summary>
    public static IReadOnlyList<KerasActivation>? OfLayer(KerasLayer layer)
    {
        switch (layer.Kind)
        {
            case "Activation":
                return Done(Of(layer, layer.Take("activation")));
            case "ReLU":
                return Done(Relu(layer));
            case "LeakyReLU":
                return Done(Sloped(Activation.LeakyRelu, (float)layer.Number(0.3, "negative_slope", "alpha")));
            case "ELU":
                return Done(Sloped(Activation.Elu, (float)layer.Number(1, "alpha")));
            case "Softmax":
                layer.Only("axis", "-1", "[-1]");
                return Done([new(Activation.Softmax)]);
            default:
                return null;
        }

        IReadOnlyList<KerasActivation> Done(IReadOnlyList<KerasActivation> activations)
        {
            layer.Finish();
            return activations;
        }
    }

    private static IReadOnlyList<KerasActivation> ByName(KerasLayer layer, string name)
    {
        switch (name)
        {
            case "linear": return [];
            case "relu": return [new(Activation.Relu)];
            case "tanh": return [new(Activation.Tanh)];
            case "sigmoid": return [new(Activation.Sigmoid)];
            case "softmax": return [new(Activation.Softmax)];
            case "softplus": return [new(Activation.Softplus)];
            case "softsign": return [new(Activation.Softsign)];
            case "elu": return [new(Activation.Elu)];
            case "gelu": return [new(Activation.Gelu)]; // by name it is the exact one
            case "swish" or "silu": return [new(Activation.Swish)];
            case "leaky_relu": return [new(Activation.LeakyRelu, 0.2f)];
            case "relu6": return Clipped(layer, 6);
            case "selu": return [new(Activation.Elu, 1.67326324f), new(Activation.Affine, 1.05070098f)];
            case "hard_sigmoid": return [HardSigmoid(layer)];
            default: throw layer.Refuse($"its activation {Text.Quote(name)} is not one of RnnGen's");
        }
    }

    /// <summary><c>0.2 x + 0.5</c> of Keras 1 and 2, <c>x / 6 + 0.5</c> of Keras 3.</summary>
    private static KerasActivation HardSigmoid(KerasLayer layer) => layer.Version.Major switch
    {
        1 or 2 => new(Activation.HardSigmoidOnnx),
        3 => new(Activation.HardSigmoid),
        _ => throw layer.Refuse($"its activation hard_sigmoid depends on the version of Keras, which is {Text.Quote(layer.Version.Text)}, expected 1, 2 or 3"),
    };

    private static IReadOnlyList<KerasActivation> Relu(KerasLayer layer)
    {
        double threshold = layer.Number(0, "threshold"), slope = layer.Number(0, "negative_slope"), largest = layer.Number(double.PositiveInfinity, "max_value");
        if (threshold != 0 || (slope != 0 && !double.IsPositiveInfinity(largest)) || largest <= 0)
            throw layer.Refuse(FormattableString.Invariant($"its options are max_value {largest}, negative_slope {slope}, threshold {threshold}, expected a slope or a largest value and no threshold"));
        return double.IsPositiveInfinity(largest) ? Sloped(Activation.LeakyRelu, (float)slope) : Clipped(layer, (float)largest);
    }

    /// <summary>A function with a slope for negative values, which is ReLU where the slope is 0: an α of 0 would be one that is not set.</summary>
    private static IReadOnlyList<KerasActivation> Sloped(Activation function, float slope) => slope == 0 ? [new(Activation.Relu)] : [new(function, slope)];

    /// <summary><c>min(max(x, 0), m) = m · clip((x − m / 2) / m + 1/2)</c>: a hard sigmoid between two affine functions.</summary>
    private static IReadOnlyList<KerasActivation> Clipped(KerasLayer layer, float largest) => largest is > 1e-6f and < 1e6f
        ? [new(Activation.Affine, 1, -largest / 2), new(Activation.HardSigmoid, 1 / largest), new(Activation.Affine, largest)]
        : throw layer.Refuse(FormattableString.Invariant($"its largest value is {largest}, expected one from 1e-6 to 1e6"));
}
