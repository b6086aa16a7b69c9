namespace RnnGen.Formats.Keras;

/// <summary>
/// Masks as Keras 3 writes them into functional models: <c>Masking</c> and <c>Embedding(mask_zero)</c> leave operations <c>NotEqual</c> and <c>Any</c> on the input in
/// the graph, whose result is a layer's argument.
/// </summary>
internal static class KerasMasks
{
    /// <summary>The operations.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["NotEqual", "Any"];

    /// <summary>The mask that an operation computes; null where it is no such operation.</summary>
    public static KerasValue? Apply(KerasLayer layer, IReadOnlyList<KerasValue> inputs, KerasArguments arguments, KerasNetwork network)
    {
        switch (layer.Kind)
        {
            case "NotEqual" when inputs is [{ Node.Make: null } input] && arguments.Number is { } value:
                layer.Take("name");
                network.Note(FormattableString.Invariant($"The model masks steps whose input is {value}: give a mask that leaves them out."));
                return input with { Rank = KerasRank.Mask };
            case "Any" when inputs is [{ Rank: KerasRank.Mask } mask]:
                layer.Only("axis", "-1", "[-1]", "2", "[2]");
                layer.Only("keepdims", "false");
                return mask;
            case "NotEqual" or "Any":
                throw layer.Refuse("it computes something else than a mask of the model's input");
            default:
                return null;
        }
    }

    /// <summary>A layer's input with the mask that it is called with.</summary>
    public static KerasValue With(KerasLayer layer, IReadOnlyList<KerasValue> inputs, KerasValue mask, KerasNetwork network) => (inputs, mask.Rank) switch
    {
        ([var input], KerasRank.Mask) => input with { IsMasked = true },
        _ => throw layer.Refuse("it is called with a mask that is not of the model's input"),
    };
}
