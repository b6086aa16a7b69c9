namespace RnnGen.Generator.Cells.Vocabulary;

/// <summary>The parameters that hold the rows of all gates, as PyTorch calls them.</summary>
internal static class Stack
{
    /// <summary>[G·H, in].</summary>
    public const string InputWeights = "weight_ih";

    /// <summary>[G·H, h].</summary>
    public const string HiddenWeights = "weight_hh";

    /// <summary>[G·H], unless <c>Bias = false</c>.</summary>
    public const string InputBias = "bias_ih";

    /// <inheritdoc cref="InputBias"/>
    public const string HiddenBias = "bias_hh";

    /// <summary>The gains of layer normalisation, [G·H].</summary>
    public const string Gains = "layer_norm";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [InputWeights, HiddenWeights, InputBias, HiddenBias, Gains];
}
