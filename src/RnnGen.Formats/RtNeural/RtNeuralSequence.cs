using System.Globalization;

namespace RnnGen.Formats.RtNeural;

/// <summary>
/// Adds RTNeural's layers to a network. A dense layer or convolution is held back until the next one is seen: an activation or batch normalisation after it
/// becomes a part of it.
/// </summary>
/// <param name="builder">The network.</param>
/// <param name="budget">What may be made of short forms.</param>
internal sealed class RtNeuralSequence(ModelBuilder builder, ExpansionBudget budget)
{
    private RtNeuralLinear? _held;
    private int? _steps;

    private int Inputs => _held?.Units ?? builder.Size;

    /// <summary>Adds all layers of a file.</summary>
    public void Read(JsonValue root)
    {
        _steps = RtNeuralFormat.Steps(root.Get("in_shape"), "in_shape", "input");
        foreach (JsonValue layer in root.Get("layers").Items())
            Read(layer, layer.Get("type").Text());
        Flush();
    }

    private void Read(JsonValue json, string type)
    {
        Check(json, type);
        int units = RtNeuralFormat.LastSize(json.Get("shape"), json.Path, type);

        // The file does not say a convolution's padding or stride, but what becomes of a sequence shows them.
        if (RtNeuralFormat.Steps(json.Get("shape"), json.Path, type) is var steps && steps != _steps)
            throw new UnsupportedLayerException(
                json.Path, type, $"it makes {steps?.ToString(CultureInfo.InvariantCulture) ?? "any number of"} steps from {_steps?.ToString(CultureInfo.InvariantCulture) ?? "any number"}, expected one output per step");
        if (type is "activation" or "prelu" or "batchnorm" && units != Inputs)
            throw json.Get("shape").Wrong($"expected a last size of {Inputs}, that of what the layer reads, got {units}");
        switch (type)
        {
            case "dense" or "time-distributed-dense":
                Hold(RtNeuralLinear.Dense(json, type, Inputs, units));
                break;
            case "conv1d":
                Hold(RtNeuralLinear.Convolution(json, type, Inputs, units, budget));
                break;
            case "activation":
                Activate(json, type);
                break;
            case "batchnorm":
                Normalize(json, type, units);
                break;
            case "prelu":
                AddSlopes(json, type, units);
                break;
            default:
                Flush();
                RtNeuralRecurrent.Add(builder, json, type, units);
                break;
        }
    }

    private static void Check(JsonValue json, string type)
    {
        string[] own = type switch
        {
            "dense" or "time-distributed-dense" or "activation" or "prelu" or "lstm" or "gru" => [],
            "conv1d" => ["kernel_size", "dilation", "groups"],
            "batchnorm" => ["epsilon"],
            _ => throw new UnsupportedLayerException(json.Path, type, "expected dense, time-distributed-dense, conv1d, lstm, gru, activation, prelu or batchnorm"),
        };
        string[] known = ["type", "name", "activation", "shape", "weights", .. own];
        if (json.Members().FirstOrDefault(member => !known.Contains(member.Name)) is { Name: { } other })
            throw new UnsupportedLayerException(json.Path, type, $"it has a member {Text.Quote(other)}, expected no others than {string.Join(", ", known)}");
        if (type is "prelu" or "batchnorm" && json.Find("activation")?.Text() is { Length: > 0 } activation)
            throw new UnsupportedLayerException(json.Path, type, $"its activation is {Text.Quote(activation)}, expected none");
    }

    private void Hold(RtNeuralLinear layer)
    {
        Flush();
        _held = layer;
    }

    private void Flush()
    {
        _held?.Add(builder);
        _held = null;
    }

    private void Activate(JsonValue json, string type)
    {
        // Keras's linear function is written like one that RTNeural does not know: as none.
        Activation activation = RtNeuralLinear.ActivationOf(json, type);
        if (activation == Activation.Linear)
            throw new UnsupportedLayerException(json.Path, type, $"the file does not say which function it is, expected {RtNeuralActivations.Names}");
        json.Get("weights").Items(0);
        if (_held is { Activation: Activation.Linear })
        {
            _held = _held with { Activation = activation, Comment = $"{_held.Comment} and {json.Path}" };
            return;
        }

        Flush();
        builder.Add(new ActivationAttribute(activation), json.Path);
    }

    private void Normalize(JsonValue json, string type, int units)
    {
        IReadOnlyList<JsonValue> weights = json.Get("weights").Items();
        if (weights.Count is not (2 or 4))
            throw json.Get("weights").Wrong($"expected 2 arrays, mean and variance, or 4 with γ and β in front, got {weights.Count}");
        float[][] values = [.. weights.Select(item => item.Singles(units))];
        var normalization = Normalization.Of(values[^2], values[^1], json.Get("epsilon").Number(), values.Length == 4 ? values[0] : null, values.Length == 4 ? values[1] : null);
        if (_held is { Activation: Activation.Linear })
        {
            float[] bias = _held.Bias ?? new float[units];
            normalization.FoldInto(_held.Weight, bias);
            _held = _held with { Bias = bias, Comment = $"{_held.Comment} with the {type} {json.Path}" };
            return;
        }

        Flush();
        float[] weight = Diagonal(json, type, units, 1), shift = new float[units];
        normalization.FoldInto(weight, shift);
        builder.Add(new DenseAttribute(units), $"{type} {json.Path}", ("weight", weight), ("bias", shift));
    }

    /// <summary>A slope a channel for values below 0. Different ones are <c>relu(x) − α ⊙ relu(−x)</c>.</summary>
    private void AddSlopes(JsonValue json, string type, int units)
    {
        JsonValue array = json.Get("weights").Items(1)[0].Items(1)[0];
        float[] slopes = array.Items().Count == 1 ? [.. Enumerable.Repeat(array.Singles(1)[0], units)] : array.Singles(units);
        Flush();
        if (slopes.All(slope => slope == slopes[0]))
        {
            builder.Add(
                slopes[0] == 0 ? new ActivationAttribute(Activation.Relu) : new ActivationAttribute(Activation.LeakyRelu) { ActivationAlpha = slopes[0] }, $"{type} {json.Path}");
            return;
        }

        float[] both = [.. Diagonal(json, type, units, 1), .. Diagonal(json, type, units, -1)];
        float[] sum = budget.Take(json.Path, type, units, 2 * units);
        for (int channel = 0; channel < units; channel++)
            (sum[(channel * 2 * units) + channel], sum[(channel * 2 * units) + units + channel]) = (1, -slopes[channel]);
        builder.Add(new DenseAttribute(2 * units, Activation.Relu) { Bias = false }, $"{type} {json.Path}: what is above 0, and below", ("weight", both));
        builder.Add(new DenseAttribute(units) { Bias = false }, $"{type} {json.Path}: both, with its slopes", ("weight", sum));
    }

    private float[] Diagonal(JsonValue json, string type, int size, float value)
    {
        float[] matrix = budget.Take(json.Path, type, size, size);
        for (int index = 0; index < size; index++)
            matrix[(index * size) + index] = value;
        return matrix;
    }
}
