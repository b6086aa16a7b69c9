namespace RnnGen.Formats.Keras;

/// <summary>A layer applied to tensors: what a translation has to work with.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Weights">Its weights.</param>
/// <param name="Network">The network.</param>
internal sealed record KerasCall(KerasLayer Layer, IReadOnlyList<KerasValue> Inputs, KerasTensors Weights, KerasNetwork Network)
{
    /// <summary>The only tensor that it reads.</summary>
    public KerasValue Input => Inputs.Count == 1 ? Inputs[0] : throw Layer.Refuse($"it reads {Inputs.Count} tensors, expected one");

    /// <summary>The only tensor, which has features: of a step, of a sequence or of a frame.</summary>
    public KerasValue Features => Input.Rank is KerasRank.Steps or KerasRank.Once or KerasRank.Frame
        ? Input
        : throw Layer.Refuse(Input.Rank == KerasRank.Flat ? "it reads flattened time steps, which only a Dense layer can" : "it reads a mask");

    /// <summary>The only tensor, which has time steps.</summary>
    /// <param name="mixesSteps">Whether the layer's result depends on several steps, and so on masks.</param>
    public KerasValue Sequence(bool mixesSteps)
    {
        if (Input.Rank != KerasRank.Steps)
            throw Layer.Refuse("what it reads has no time steps");
        if (mixesSteps)
            Network.SeesMask(Layer, Input);
        return Input;
    }

    /// <summary>A layer of RnnGen's that stands for this one.</summary>
    public KerasNode Node(KerasNode input, int size, Func<KerasPlace, LayerAttribute> make, params IReadOnlyList<(string Parameter, float[] Values)> parameters) =>
        new([input], size, make, parameters, Layer);

    /// <summary>Activations after a layer: the first one joins a dense layer or convolution that has none.</summary>
    public KerasNode Activated(KerasNode node, IReadOnlyList<KerasActivation> activations)
    {
        foreach (KerasActivation activation in activations)
        {
            node = Open(node)?.With(activation) ?? Node(node, node.Size, place => new ActivationAttribute(activation.Function)
            {
                ActivationAlpha = activation.Alpha, ActivationBeta = activation.Beta, Name = place.Name, From = place.From, IsOutput = place.IsOutput,
            });
        }

        return node;
    }

    /// <summary><c>scale ⊙ x + offset</c>: folded into the layer before, one activation where all features have the same, or a dense layer with a diagonal matrix.</summary>
    public KerasNode Scaled(KerasNode node, double[] scale, double[] offset)
    {
        // Of the numbers a matrix is made: a limit keeps a small file from asking for a large one.
        const int largest = 2048;
        if (Open(node) is { } linear && linear.Scaled(scale, offset) is { } folded)
        {
            Network.Note($"{Layer.Kind} {Text.Quote(Layer.Name)} is folded into the weights of {Text.Quote(linear.Origin!.Name)}.");
            return folded;
        }

        float alpha = (float)scale[0], beta = (float)offset[0];
        if (alpha != 0 && scale.All(value => (float)value == alpha) && offset.All(value => (float)value == beta))
            return Activated(Node(node, node.Size, Through), [new(Activation.Affine, alpha, beta)]);
        if (scale.Length > largest)
            throw Layer.Refuse($"it scales {scale.Length} features, expected at most {largest} where it cannot be folded into the layer before it");
        float[] weight = new float[scale.Length * scale.Length];
        for (int feature = 0; feature < scale.Length; feature++)
            weight[(feature * scale.Length) + feature] = (float)scale[feature];
        Network.Note($"{Layer.Kind} {Text.Quote(Layer.Name)} becomes a dense layer with a diagonal matrix.");
        return KerasLinear.Dense(node, scale.Length, weight, Array.ConvertAll(offset, value => (float)value), Layer);
    }

    /// <summary>The last step of a sequence.</summary>
    public KerasNode LastStep(KerasNode node) => Node(node, node.Size, place => new LastStepAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput });

    /// <summary>A layer into which what follows can be folded.</summary>
    private KerasLinear? Open(KerasNode node) => Network.Zeros.Contains(node) ? null : node as KerasLinear;

    private static LayerAttribute Through(KerasPlace place) => new ActivationAttribute(Activation.Linear) { Name = place.Name, From = place.From, IsOutput = place.IsOutput };
}
