using System.Text.Json;

namespace RnnGen.Formats.Keras;

/// <summary>Layers that change what the dimensions of a tensor are.</summary>
internal static class ShapeLayers
{
    /// <summary>Layers that inference does not know.</summary>
    public static KerasValue Through(KerasCall call)
    {
        call.Layer.Take("rate", "p", "sigma", "stddev", "l1", "l2", "data_format", "noise_shape");
        call.Layer.Finish();
        if (call.Layer.Kind != "InputLayer")
            call.Network.Note($"{call.Layer.Kind} {Text.Quote(call.Layer.Name)} is left out: it has no effect in inference.");
        return call.Input;
    }

    /// <summary>An activation alone.</summary>
    public static KerasValue Activation(KerasCall call)
    {
        KerasValue input = call.Features;
        IReadOnlyList<KerasActivation> activations = KerasActivations.OfLayer(call.Layer)!;
        return input.From(call.Activated(input.Node, activations));
    }

    /// <summary>Steps whose features all have a value are masked. Only the input's can be: the mask is given with it.</summary>
    public static KerasValue Masking(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        double value = layer.Number(0, "mask_value");
        layer.Finish();
        KerasValue input = call.Sequence(mixesSteps: false);
        if (input.Node.Make is not null)
            throw layer.Refuse("it masks steps by what a layer computes, expected by the model's input");
        call.Network.Masks(layer, value, FormattableString.Invariant($"{layer.Kind} {Text.Quote(layer.Name)} masks steps whose features are all {value}"));
        return input with { IsMasked = true };
    }

    /// <summary>A sequence in reversed time order.</summary>
    public static KerasValue Flip(KerasCall call)
    {
        if (!call.Layer.Has("axis"))
            throw call.Layer.Refuse("it reverses all dimensions");
        call.Layer.Only("axis", "1", "[1]");
        call.Layer.Finish();
        KerasValue input = call.Sequence(mixesSteps: true);
        if (input.IsMasked || input.Skipped != 0)
            throw call.Layer.Refuse("it reverses a sequence that is masked or has another number of steps than the input");
        return input with { IsReversed = !input.IsReversed };
    }

    /// <summary>All steps as one vector; of one step, that step.</summary>
    public static KerasValue Flatten(KerasCall call)
    {
        call.Layer.Only("data_format", "channels_last");
        call.Layer.Finish();
        return Flat(call);
    }

    /// <summary>A shape that says the same: as it is, one step, or the steps of an input that lies in one vector.</summary>
    public static KerasValue Reshape(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        JsonElement target = layer.Take("target_shape") ?? throw new FormatException($"Reshape {Text.Quote(layer.Name)}: expected a target_shape, got none");
        layer.Finish();
        int[] shape = target.ValueKind == JsonValueKind.Array
            ? [.. target.EnumerateArray().Select(dimension => dimension.ValueKind == JsonValueKind.Null ? -1 : layer.Int(dimension, "target_shape"))]
            : throw new FormatException($"Reshape {Text.Quote(layer.Name)}: expected a list as target_shape, got {target.ValueKind}");
        KerasValue input = call.Features;
        long count = (long)input.Size * (input.Rank == KerasRank.Steps ? input.Steps ?? -1 : 1);
        if (shape.Count(dimension => dimension == -1) == 1 && count > 0)
        {
            long rest = shape.Aggregate(1L, (product, dimension) => dimension == -1 ? product : checked(product * dimension));
            shape = rest > 0 && count % rest == 0 ? [.. shape.Select(dimension => dimension == -1 ? (int)(count / rest) : dimension)] : shape;
        }

        return (input.Rank, shape) switch
        {
            (KerasRank.Steps, [var steps, var size]) when size == input.Size && (steps == input.Steps || (steps == -1 && input.Steps is null)) => input,
            (KerasRank.Steps, [var size]) when size == count => Flat(call),
            (KerasRank.Once or KerasRank.Frame, [var size]) when size == input.Size => input,
            (KerasRank.Frame, [1, var size]) when size == input.Size => input with { Rank = KerasRank.Steps, Steps = 1 },
            (KerasRank.Frame, [var steps, var size]) when input.Node.Make is null && steps > 0 && size > 0 && (long)steps * size == count =>
                new KerasValue(KerasNode.Input(size), KerasRank.Steps, steps),
            _ => throw layer.Refuse($"its shape is {Text.Shape(shape)}, which cannot be made from {(input.Rank == KerasRank.Steps ? $"[{input.Steps?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}, {input.Size}]" : $"[{input.Size}]")}"),
        };
    }

    /// <summary>The same vector at several steps, of which RnnGen has no layer; at one step it is that step.</summary>
    public static KerasValue Repeat(KerasCall call)
    {
        int times = call.Layer.Int("n");
        call.Layer.Finish();
        return call.Features is { Rank: KerasRank.Frame } input && times == 1
            ? input with { Rank = KerasRank.Steps, Steps = 1 }
            : throw call.Layer.Refuse($"it repeats a vector {times} times: RnnGen's layers cannot turn one vector per sequence into steps");
    }

    /// <summary>Mean or maximum over time.</summary>
    public static KerasValue Pool(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        bool isMean = layer.Kind.Contains("Average", StringComparison.Ordinal);
        layer.Only("data_format", "channels_last");
        layer.Only("keepdims", "false");
        layer.Finish();
        KerasValue input = call.Sequence(mixesSteps: true);
        if (input.IsMasked && !isMean)
            throw layer.Refuse("it reads a masked sequence: Keras's maximum includes masked steps, RnnGen's does not");
        if (input.Skipped != 0)
            throw layer.Refuse("it reads a sequence with a different number of steps from the input, because a convolution is not padded");
        return KerasValue.Once(call.Node(input.Node, input.Size, place => isMean
            ? new MeanPoolAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput }
            : new MaxPoolAttribute { Name = place.Name, From = place.From, IsOutput = place.IsOutput }));
    }

    /// <summary>Zeros before a sequence, for a convolution without padding.</summary>
    public static KerasValue ZeroPadding(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        JsonElement padding = layer.Take("padding") ?? throw new FormatException($"ZeroPadding1D {Text.Quote(layer.Name)}: expected a padding, got none");
        layer.Only("data_format", "channels_last");
        layer.Finish();
        KerasValue input = call.Sequence(mixesSteps: true);
        bool isPair = padding.ValueKind == JsonValueKind.Array && padding.GetArrayLength() == 2;
        int before = layer.Int(isPair ? padding[0] : padding, "padding"), after = layer.Int(isPair ? padding[1] : padding, "padding");
        if (before < 0 || after != 0 || input.Skipped != 0 || input.IsReversed || input.IsMasked)
            throw layer.Refuse($"it adds {before} steps in front of a sequence and {after} behind it, expected steps in front of a plain sequence");
        if (before > 0)
            call.Network.Zeros.Pad(input.Node);
        return input with { Skipped = -before, Steps = input.Steps + before };
    }

    private static KerasValue Flat(KerasCall call)
    {
        KerasLayer layer = call.Layer;
        KerasValue input = call.Features;
        if (input.Rank != KerasRank.Steps)
            return input;
        if (input.Skipped < 0)
            throw layer.Refuse("it reads zeros in front of a sequence");
        if (input.Steps == 1)
            return KerasValue.Once(call.LastStep(input.Node));
        if (input.Steps is null)
            throw layer.Refuse("it flattens any number of steps");
        if (input.IsReversed || input.IsMasked)
            throw layer.Refuse("it flattens a sequence that is masked or in reversed time order");
        call.Network.SeesMask(layer, input);
        return input with { Rank = KerasRank.Flat };
    }
}
