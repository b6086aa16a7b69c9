using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>Recurrent layers in one direction and in two.</summary>
internal static class RecurrentLayers
{
    /// <summary>One direction.</summary>
    public static KerasValue One(KerasCall call)
    {
        var recurrent = KerasRecurrent.Of(call.Layer, call.Network);
        KerasValue input = Read(call);

        // Of a tensor in reversed order the start is the end, and a layer's output has the order in which it computes.
        bool reverse = input.IsReversed != recurrent.GoesBackwards;
        KerasNode node = call.Node(
            input.Node, recurrent.Units, place => recurrent.Attribute(reverse ? Direction.Reverse : Direction.Forward, Merge.Concat, place), [.. recurrent.Parameters(call.Weights, input.Size)]);
        return recurrent.ReturnsSequences ? input.From(node) with { IsReversed = reverse } : KerasValue.Once(call.LastStep(node));
    }

    /// <summary>Two directions.</summary>
    public static KerasValue Both(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasLayer inner = KerasLayer.Of(layer.Take("layer") ?? throw new FormatException($"Bidirectional {Text.Quote(layer.Name)}: expected a layer, got none"), layer.Version, layer.Name);
        if (!KerasRecurrent.Kinds.Contains(inner.Kind))
            throw layer.Refuse($"its layer is of the class {Text.Quote(inner.Kind)}, expected one of {string.Join(", ", KerasRecurrent.Kinds)}");
        var forward = KerasRecurrent.Of(inner, call.Network);
        if (forward.GoesBackwards)
            throw layer.Refuse("its forward layer goes backwards");
        if (layer.Take("backward_layer") is { } other)
            CheckBackward(layer, forward, other, call.Network);
        if (!layer.Has("merge_mode") || layer.Take("merge_mode") is not { ValueKind: JsonValueKind.String } mode)
            throw layer.Refuse("it does not merge its directions (merge_mode is null)");
        Merge merge = mode.GetString() switch
        {
            "concat" => Merge.Concat,
            "sum" => Merge.Sum,
            "ave" => Merge.Average,
            "mul" => Merge.Multiply,
            var unknown => throw layer.Refuse($"its merge_mode is {Text.Quote(unknown!)}, expected concat, sum, ave or mul"),
        };
        layer.Finish();
        KerasValue input = Read(call);
        if (input.IsReversed)
            throw layer.Refuse("it reads a sequence in reversed time order");
        KerasNode node = call.Node(
            input.Node, checked(forward.Units * (merge == Merge.Concat ? 2 : 1)), place => forward.Attribute(Direction.Bidirectional, merge, place),
            [.. forward.Parameters(call.Weights, input.Size), .. forward.Parameters(call.Weights, input.Size, "_reverse")]);
        return forward.ReturnsSequences ? input.From(node) : KerasValue.Once(call.LastStep(node));
    }

    private static void CheckBackward(KerasLayer layer, KerasRecurrent forward, JsonElement entry, KerasNetwork network)
    {
        var backward = KerasRecurrent.Of(KerasLayer.Of(entry, layer.Version, layer.Name), network);
        if (!backward.GoesBackwards || backward with { GoesBackwards = false } != forward)
            throw layer.Refuse("its backward and forward layers have different options");
    }

    private static KerasValue Read(KerasCall call)
    {
        KerasValue input = call.Sequence(mixesSteps: true);
        return input.Skipped == 0 ? input : throw call.Layer.Refuse("it reads a sequence with a different number of steps from the input, because a convolution is not padded");
    }
}
