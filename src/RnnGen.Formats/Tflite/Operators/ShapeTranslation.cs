namespace RnnGen.Formats.Tflite;

/// <summary>Operators that move values about.</summary>
internal static class ShapeTranslation
{
    public static void Reshape(OperatorTranslation item)
    {
        // A shape that is computed is an input; else the option, or what the output says.
        int[] option = item.Item.Options?.Int32s(0) ?? [];
        string shape = item.Has(1) ? item.Input(1) : item.Constant([.. (option.Length > 0 ? option : item.OutputTensor(0).Signature).Select(size => (long)size)]);
        item.Give(item.Add("Reshape", [item.Input(0), shape], ("allowzero", 1L)));
    }

    public static void Squeeze(OperatorTranslation item)
    {
        long[] axes = [.. (item.Item.Options?.Int32s(0) ?? []).Select(axis => (long)axis)];
        item.Give(axes.Length > 0 ? item.Add("Squeeze", [item.Input(0)], ("axes", axes)) : item.Add("Squeeze", [item.Input(0)]));
    }

    public static void Concatenation(OperatorTranslation item) =>
        item.StoreActivated(item.Add("Concat", [.. Enumerable.Range(0, item.InputCount).Select(item.Input)], ("axis", (long)item.Int32(0))), 1);

    /// <summary>Tensors side by side along a new axis.</summary>
    public static void Pack(OperatorTranslation item)
    {
        long axis = item.Int32(1);
        if (item.InputCount == 0 || item.Int32(0) != item.InputCount)
            throw item.Refuse($"expected {item.Int32(0)} inputs, got {item.InputCount}");
        string[] parts = [.. Enumerable.Range(0, item.InputCount).Select(input => item.Add("Unsqueeze", [item.Input(input)], ("axes", new[] { axis })))];
        item.Give(item.Add("Concat", parts, ("axis", axis)));
    }

    /// <summary>The opposite.</summary>
    public static void Unpack(OperatorTranslation item)
    {
        int rank = item.Tensor(0).Shape.Length, axis = item.Int32(1) < 0 ? item.Int32(1) + rank : item.Int32(1);
        if (axis < 0 || axis >= rank || item.Int32(0) != item.OutputCount || item.Tensor(0).Shape[axis] != item.OutputCount)
            throw item.Refuse($"expected {item.Int32(0)} outputs for {Text.Shape(item.Tensor(0).Shape)}, got {item.OutputCount}");
        item.Give([.. Enumerable.Range(0, item.OutputCount).Select(place => item.Add("Gather", [item.Input(0), item.Constant([place], isScalar: true)], ("axis", (long)axis)))]);
    }

    public static void Split(OperatorTranslation item)
    {
        long axis = Only(item, 0);
        if (item.Int32(0) != item.OutputCount || item.OutputCount == 0)
            throw item.Refuse($"expected {item.Int32(0)} outputs, got {item.OutputCount}");
        int[] shape = item.Tensor(1).Shape;
        if (Math.Abs(axis) <= shape.Length && shape.Length > 0 && shape[(int)((axis + shape.Length) % shape.Length)] % item.OutputCount != 0)
            throw item.Refuse($"expected parts of one size, got {item.OutputCount} of {Text.Shape(shape)}");
        item.Give(item.Add("Split", item.OutputCount, [item.Input(1)], ("axis", axis)));
    }

    public static void SplitV(OperatorTranslation item)
    {
        if (item.Int32(0) != item.OutputCount)
            throw item.Refuse($"expected {item.Int32(0)} outputs, got {item.OutputCount}");
        item.Give(item.Add("Split", item.OutputCount, [item.Input(0)], ("axis", Only(item, 2)), ("split", item.Integers(1))));
    }

    public static void Gather(OperatorTranslation item)
    {
        if (item.Int32(1) != 0)
            throw item.Refuse($"its batch_dims are {item.Int32(1)}, expected 0");
        item.Give(item.Add("Gather", [item.Input(0), item.Input(1)], ("axis", (long)item.Int32(0))));
    }

    private static long Only(OperatorTranslation item, int input) => item.Integers(input) is [var axis] ? axis : throw item.Refuse("expected one axis");
}
