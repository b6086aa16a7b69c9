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
                network.Masks(layer, value, FormattableString.Invariant($"The model masks steps whose input is {value}"));
                return input with { Rank = KerasRank.Mask };
            case "Any" when inputs is [{ Rank: KerasRank.Mask } mask]:
                layer.Only("axis", "-1", "[-1]", "2", "[2]");
                layer.Only("keepdims", "false");
                return mask;
            case "NotEqual" or "Any":
                throw layer.Refuse("it computes something other than a mask of the model's input");
            default:
                return null;
        }
    }

    /// <summary>
    /// What a merge gives, with its mask. Before Keras 3 a step is masked where it is in any of the tensors. In Keras 3 nothing is masked where one tensor has no mask, but
    /// its first versions still did as before; and operations give none at all.
    /// </summary>
    public static KerasValue Merged(KerasLayer layer, IReadOnlyList<KerasValue> inputs, KerasValue value)
    {
        bool any = inputs.Any(input => input.IsMasked), all = inputs.All(input => input.IsMasked);
        return layer.IsOperation
            ? value with { IsMasked = false, IsMaskUnclear = false }
            : value with { IsMasked = any, IsMaskUnclear = inputs.Any(input => input.IsMaskUnclear) || (any != all && layer.Version.Major is not (1 or 2)) };
    }

    /// <summary>
    /// What a layer gives that was called with a mask. Keras 3's first versions give its own input's mask on, later ones that of the call: only where both are the same
    /// is it known.
    /// </summary>
    public static KerasValue Behind(KerasValue value, KerasValue input) => value.IsMasked && !input.IsMasked ? value with { IsMasked = false, IsMaskUnclear = true } : value;

    /// <summary>A layer's input with the mask that it is called with.</summary>
    public static KerasValue With(KerasLayer layer, IReadOnlyList<KerasValue> inputs, KerasValue mask) => (inputs, mask.Rank) switch
    {
        ([var input], KerasRank.Mask) => input with { IsMasked = true, IsMaskUnclear = false },
        _ => throw layer.Refuse("it is called with a mask that is not of the model's input"),
    };
}
