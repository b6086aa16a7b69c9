namespace RnnGen.Formats.Nam;

/// <summary>A convolution of a WaveNet's head, which is added once it is known which activation follows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">What it reads; null for the layer before it.</param>
/// <param name="Before">The activation before it.</param>
/// <param name="Units">Its outputs.</param>
/// <param name="Taps">Its taps; a dense layer where it has but one.</param>
/// <param name="Dilation">Steps between them.</param>
/// <param name="Weight"><c>[units, in, taps]</c>.</param>
/// <param name="Bias">Its bias; null for none.</param>
internal sealed record NamHeadLayer(string Name, string[]? From, NamActivation Before, int Units, int Taps, int Dilation, float[] Weight, float[]? Bias)
{
    /// <summary>Adds it.</summary>
    /// <returns>Its name.</returns>
    public string Add(ModelBuilder builder, NamActivation after)
    {
        LayerAttribute layer = Taps == 1
            ? new DenseAttribute(Units, after.Activation) { Name = Name, From = From, ActivationAlpha = after.Alpha, Bias = Bias is not null }
            : new Conv1DAttribute(Units, Taps, after.Activation) { Name = Name, From = From, ActivationAlpha = after.Alpha, Bias = Bias is not null, Dilation = Dilation };
        return builder.Add(layer, "head", Bias is null ? [("weight", Weight)] : [("weight", Weight), ("bias", Bias)]).Name;
    }
}
