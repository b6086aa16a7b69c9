namespace RnnGen.Formats.Keras;

/// <summary>The weights of a model's layers, wherever they lie.</summary>
internal abstract class KerasWeights
{
    /// <summary>A layer's weights in the order of Keras's <c>layer.weights</c>.</summary>
    public abstract IReadOnlyList<NamedTensor> Of(KerasLayer layer);

    /// <summary>Refuses weights of layers that the model does not have.</summary>
    /// <param name="layers">The model's layers in Keras's order.</param>
    public abstract void Check(IReadOnlyList<KerasLayer> layers);
}
