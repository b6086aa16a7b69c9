using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>What a user's equations are recorded for: the options that all recurrent layers have, and the input.</summary>
/// <param name="Layer">The layer as its attribute says.</param>
/// <param name="Units">The size of the cell's vectors.</param>
/// <param name="InputSize">Features of the layer's input.</param>
/// <param name="TakesClasses">Whether the input is a class.</param>
/// <param name="Taped">Whether for training, which may have noise.</param>
internal sealed record CellOptions(LayerSpec Layer, int Units, int InputSize, bool TakesClasses, bool Taped)
{
    public bool Biased { get; } = Layer.Flag("Bias", byDefault: true);

    public bool Normalized { get; } = Layer.Flag("LayerNorm");

    public bool LearnsState { get; } = Layer.Flag("LearnedState");

    public float? Clip { get; } = Layer.Real("Clip");

    public bool Drops { get; } = Taped && RecurrentCell.Dropout(Layer) > 0;
}
