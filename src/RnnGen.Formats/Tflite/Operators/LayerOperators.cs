namespace RnnGen.Formats.Tflite;

/// <summary>Products with weights, softmax and means.</summary>
internal static class LayerOperators
{
    /// <summary>Weights have a row for each output. Unless axes are to be kept, all but the last one of the input become one, and an image becomes a vector.</summary>
    public static void FullyConnected(OperatorTranslation item)
    {
        if (item.Byte(1) != 0)
            throw item.Refuse($"its weights are in format {item.Byte(1)}, expected rows one after the other");
        TfliteTensor weight = item.Tensor(1);
        if (weight.Shape is not [var units, var inputs] || units < 1 || inputs < 1)
            throw item.Refuse($"expected weights with 2 axes, got {Text.Shape(weight.Shape)}");
        bool keepsAxes = item.Byte(2) != 0;
        if (Flattened(item, inputs, keepsAxes) is { } steps)
        {
            item.StoreActivated(item.AddOwn("FULLY_CONNECTED", 1, [steps, item.Input(1), item.Input(2)])[0], 0);
            return;
        }

        string x = keepsAxes || item.Tensor(0).Shape.Length == 2 ? item.Input(0) : item.Add("Reshape", [item.Input(0), item.Constant([-1, inputs])]);
        string product = item.Add("MatMul", [x, item.AddNameless("Transpose", [item.Input(1)], ("perm", new long[] { 1, 0 }))]);
        item.StoreActivated(item.Has(2) ? item.Add("Add", [product, item.Input(2)]) : product, 0);
    }

    public static void Softmax(OperatorTranslation item)
    {
        if (item.Float(0) != 1)
            throw item.Refuse($"its beta is {item.Float(0)}, expected 1");
        item.Give(item.Add("Softmax", [item.Input(0)], ("axis", -1L)));
    }

    public static void Reduce(OperatorTranslation item, string operation) =>
        item.Give(item.Add(operation, [item.Input(0)], ("axes", item.Integers(1)), ("keepdims", (long)item.Byte(0))));

    /// <summary>Of weights alone: their scales are applied where they are read.</summary>
    public static void Dequantize(OperatorTranslation item) =>
        item.Give(item.Tensor(0).Data is not null ? item.Input(0) : throw item.Refuse("it computes with integers, expected constants"));

    /// <summary>The input [sequences, steps, features] whose steps and features are one axis of the weights: by a reshape before, or by the operator itself; null where they are not.</summary>
    private static string? Flattened(OperatorTranslation item, int inputs, bool keepsAxes)
    {
        if (Fits(item, inputs) && !keepsAxes)
            return item.Input(0);
        return item.Maker(0) is { Item.Kind: "RESHAPE" } reshape && Fits(reshape, inputs) && item.Tensor(0).Shape is [_, var width] && width == inputs ? reshape.Input(0) : null;
    }

    private static bool Fits(OperatorTranslation item, int inputs) => item.Has(0) && item.Tensor(0).Shape is [_, > 1 and var steps, var features] && (long)steps * features == inputs;
}
