namespace RnnGen.Formats.Keras;

/// <summary>Layers that make one tensor of several.</summary>
internal static class MergeLayers
{
    /// <summary>Sum, product, mean, difference, or side by side.</summary>
    public static KerasValue Merge(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        string mode = layer.Kind == "Merge" ? layer.Word("sum", "mode") : layer.Kind;
        KerasValue first = Alike(call);
        if (mode is "Concatenate" or "concat")
            LastAxis(layer, first);
        if (layer.Kind == "Merge")
        {
            layer.Only("mode_type", "raw");
            layer.Only("output_shape_type", "raw");
            layer.Only("dot_axes", "-1");
            layer.Take("arguments", "output_mask_type", "concat_axis"); // the last is written of all modes and means something for one
        }

        layer.Finish();
        KerasNode[] nodes = [.. call.Inputs.Select(input => input.Node)];
        KerasNode merged = mode switch
        {
            _ when nodes.Length == 1 => nodes[0],
            "Concatenate" or "concat" => Joined(nodes, checked(nodes.Sum(node => node.Size)), place => new ConcatAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput }),
            "Multiply" or "mul" => Joined(nodes, first.Size, place => new MultiplyAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput }),
            "Add" or "sum" => Sum(nodes),
            "Average" or "ave" => Affine(Sum(nodes), 1f / nodes.Length),
            "Subtract" when nodes.Length == 2 => Sum([nodes[0], Affine(nodes[1], -1)]),
            _ => throw layer.Refuse($"its mode is {Text.Quote(mode)}, expected one of sum, mul, ave, concat"),
        };
        return KerasMasks.Merged(layer, call.Inputs, first with { Node = merged });

        KerasNode Sum(KerasNode[] parts) => Joined(parts, parts[0].Size, place => new AddAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput });

        KerasNode Affine(KerasNode node, float scale) => call.Node(
            node, node.Size, place => new ActivationAttribute(Activation.Affine) { ActivationAlpha = scale, Name = place.Name, From = place.From, IsOutput = place.IsOutput });

        KerasNode Joined(KerasNode[] parts, int size, Func<KerasPlace, LayerAttribute> make) => new(parts, size, make, [], layer);
    }

    /// <summary>The first input, like which all others are.</summary>
    private static KerasValue Alike(KerasCall call)
    {
        if (call.Inputs.Count == 0)
            throw call.Layer.Refuse("it reads nothing");
        KerasValue first = call.Inputs[0];
        foreach (KerasValue input in call.Inputs)
        {
            if (input.Rank != first.Rank || input.Rank is KerasRank.Flat or KerasRank.Mask || input.Skipped != first.Skipped || input.IsReversed != first.IsReversed)
                throw call.Layer.Refuse("its inputs differ in their time steps");
            if (input.Size != first.Size && call.Layer.Kind is not ("Concatenate" or "Merge"))
                throw call.Layer.Refuse($"its inputs have {first.Size} and {input.Size} features");
        }

        return first;
    }

    private static void LastAxis(KerasLayer layer, KerasValue input)
    {
        int last = input.Rank == KerasRank.Steps ? 2 : 1;
        if (layer.IntOr(-1, "axis", "concat_axis") is var axis && axis != -1 && axis != last)
            throw layer.Refuse($"its axis is {axis}, expected that of the features, {last}");
    }
}
