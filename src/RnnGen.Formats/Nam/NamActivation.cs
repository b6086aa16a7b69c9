namespace RnnGen.Formats.Nam;

/// <summary>An activation function of a Neural Amp Modeler file.</summary>
/// <param name="Activation">The function.</param>
/// <param name="Alpha">Its α; 0 where the default serves.</param>
internal readonly record struct NamActivation(Activation Activation, float Alpha = 0)
{
    /// <summary>A function's name, or an object of its <c>type</c> and its parameters.</summary>
    /// <param name="json">The value.</param>
    /// <param name="layer">The layer that has it, for messages.</param>
    public static NamActivation Read(JsonValue json, string layer)
    {
        string name = json.IsObject ? json.Get("type").Text() : json.Text();
        switch (name)
        {
            case "LeakyReLU" or "PReLU" when json.IsObject:
                json.AllowOnly("type", "negative_slope", "negative_slopes");
                if (json.Find("negative_slopes") is not null)
                    throw new UnsupportedLayerException(layer, name, "it has a slope for each channel, expected one for all");
                float slope = json.Find("negative_slope")?.Single() ?? 0.01f;
                return slope == 0 ? new(Activation.Relu) : new(Activation.LeakyRelu, slope);
            case "LeakyReLU" or "PReLU":
                return new(Activation.LeakyRelu, 0.01f);
        }

        if (json.IsObject)
            json.AllowOnly("type");
        return new(name switch
        {
            "Tanh" => Activation.Tanh,
            "ReLU" => Activation.Relu,
            "Sigmoid" => Activation.Sigmoid,
            "SiLU" => Activation.Swish,
            "Softsign" => Activation.Softsign,
            _ => throw new UnsupportedLayerException(layer, name, "expected the activation Tanh, ReLU, LeakyReLU, PReLU, Sigmoid, SiLU or Softsign"),
        });
    }
}
