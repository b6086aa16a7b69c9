using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>Layers that scale and move features.</summary>
internal static class NormLayers
{
    // What RnnGen's LayerNorm adds to the variance.
    private const double OwnEpsilon = 1e-5;

    // What Keras's Normalization has as the least standard deviation.
    private const double LeastDeviation = 1e-7;

    /// <summary>
    /// Layer normalization. RnnGen's adds 1e-5 to the variance and Keras's by default 1e-3; over features that are scaled by s = √(1e-5 / ε) both are the same:
    /// <c>s (x − mean) / √(s² variance + 1e-5) = (x − mean) / √(variance + ε)</c>.
    /// </summary>
    public static KerasValue Layer(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasValue input = call.Features;
        LastAxis(layer, input);
        double epsilon = layer.Number(1e-3, "epsilon");
        bool scales = layer.Bool("scale", true), centers = layer.Bool("center", true);
        layer.Only("rms_scaling", "false");
        layer.Finish();
        if (epsilon is not (> 1e-12 and < 1e6))
            throw layer.Refuse(FormattableString.Invariant($"its epsilon is {epsilon}, expected one from 1e-12 to 1e6"));
        float[] gamma = scales ? call.Weights.Next("gamma", input.Size) : Ones(input.Size);
        float[] beta = centers ? call.Weights.Next("beta", input.Size) : new float[input.Size];
        KerasNode node = input.Node;
        if (Math.Abs((epsilon / OwnEpsilon) - 1) > 1e-6)
        {
            double scale = Math.Sqrt(OwnEpsilon / epsilon);
            call.Network.Note(FormattableString.Invariant(
                $"LayerNormalization {Text.Quote(layer.Name)} has the epsilon {epsilon:G6} and RnnGen's 1e-5: features are scaled by {scale:G6} before it, which gives the same."));
            node = call.Node(node, node.Size, place => new ActivationAttribute(Activation.Affine) { ActivationAlpha = (float)scale, Name = place.Name, From = place.From, IsOutput = place.IsOutput });
        }

        return input.From(call.Node(node, node.Size, place => new LayerNormAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput }, ("weight", gamma), ("bias", beta)));
    }

    /// <summary>Batch normalization by the mean and variance that training left.</summary>
    public static KerasValue Batch(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasValue input = call.Features;
        LastAxis(layer, input);
        double epsilon = layer.Number(1e-3, "epsilon");
        layer.Take("momentum", "renorm_momentum", "fused", "synchronized", "gamma_init", "beta_init"); // of training
        bool scales = layer.Bool("scale", true), centers = layer.Bool("center", true);
        layer.Only("renorm", "false");
        layer.Only("mode", "0"); // Keras 1's modes 1 and 2 normalize a sample or a batch by itself
        layer.Finish();
        int size = input.Size;
        float[] gamma = scales ? call.Weights.Next("gamma", size) : Ones(size), beta = centers ? call.Weights.Next("beta", size) : new float[size];
        float[] mean = call.Weights.Next("a moving mean", size), variance = call.Weights.Next("a moving variance", size);
        double[] scale = new double[size], offset = new double[size];
        for (int feature = 0; feature < size; feature++)
        {
            scale[feature] = gamma[feature] / Math.Sqrt(variance[feature] + epsilon);
            offset[feature] = beta[feature] - (mean[feature] * scale[feature]);
        }

        return input.From(call.Scaled(input.Node, scale, offset));
    }

    /// <summary><c>(x − mean) / √variance</c> by the data that the layer adapted to, or by the options.</summary>
    public static KerasValue Normalization(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasValue input = call.Features;
        bool isOne = !layer.Has("axis") || layer.Take("axis") is null; // one mean and variance for all features
        if (!isOne)
            LastAxis(layer, input);
        bool inverts = layer.Bool("invert", false);
        int size = isOne ? 1 : input.Size;
        (float[]? mean, float[]? variance) = (Numbers(layer, "mean"), Numbers(layer, "variance"));
        layer.Finish();
        if (mean is null != variance is null)
            throw new FormatException($"Normalization {Text.Quote(layer.Name)}: expected mean and variance, got one of them");
        if (mean is null)
        {
            int[] shape = isOne ? [] : [size];
            (mean, variance) = (call.Weights.Next("a mean", shape), call.Weights.Next("a variance", shape));
            call.Weights.Skip(); // the count of what it adapted to
        }

        if ((mean.Length != size && mean.Length != 1) || variance!.Length != mean.Length)
            throw new FormatException($"Normalization {Text.Quote(layer.Name)}: expected {size} means and variances, got {mean.Length} and {variance!.Length}");
        double[] scale = new double[input.Size], offset = new double[input.Size];
        for (int feature = 0; feature < scale.Length; feature++)
        {
            int at = mean.Length == 1 ? 0 : feature;
            double deviation = Math.Max(Math.Sqrt(variance[at]), LeastDeviation);
            (scale[feature], offset[feature]) = inverts ? (deviation, mean[at]) : (1 / deviation, -mean[at] / deviation);
        }

        return input.From(call.Scaled(input.Node, scale, offset));
    }

    /// <summary><c>scale · x + offset</c>.</summary>
    public static KerasValue Rescaling(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasValue input = call.Features;
        float[] scale = Numbers(layer, "scale") ?? [1], offset = Numbers(layer, "offset") ?? [0];
        layer.Finish();
        return input.From(call.Scaled(input.Node, Broadcast(layer, scale, input.Size), Broadcast(layer, offset, input.Size)));
    }

    private static double[] Broadcast(KerasLayer layer, float[] values, int size) => values.Length == size || values.Length == 1
        ? [.. Enumerable.Range(0, size).Select(feature => (double)values[values.Length == 1 ? 0 : feature])]
        : throw layer.Refuse($"it has {values.Length} numbers for {size} features");

    private static float[] Ones(int size) => [.. Enumerable.Repeat(1f, size)];

    /// <summary>An option that is a number or a list of numbers, perhaps within lists of one.</summary>
    private static float[]? Numbers(KerasLayer layer, string name)
    {
        if (layer.Take(name) is not { } value)
            return null;
        while (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1)
            value = value[0];
        JsonElement[] numbers = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        return [.. numbers.Select(number => number.ValueKind == JsonValueKind.Number && number.TryGetSingle(out float one) && float.IsFinite(one)
            ? one
            : throw layer.Refuse($"its {name} is {Text.Shorten(value.GetRawText())}, expected a number or numbers"))];
    }

    /// <summary>Refuses any axis but that of the features, the last one.</summary>
    private static void LastAxis(KerasLayer layer, KerasValue input)
    {
        int last = input.Rank == KerasRank.Steps ? 2 : 1;
        if (layer.IntOr(-1, "axis") is var axis && axis != -1 && axis != last)
            throw layer.Refuse($"its axis is {axis}, expected that of the features, {last}");
    }
}
