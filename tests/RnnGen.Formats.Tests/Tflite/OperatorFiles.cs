using RnnGen.Formats.Tflite;

namespace RnnGen.Formats.Tests.Tflite;

/// <summary>Files with dense layers and what moves values about.</summary>
internal static class OperatorFiles
{
    public const int FullyConnected = 9, Dequantize = 6;

    /// <summary>Weights [2, 3] that 8-bit integers and half precision can state.</summary>
    public static readonly float[] Weights = [0.5f, -1, 0.25f, 1.5f, 2, -0.75f];

    public static readonly float[] Bias = [0.5f, -0.25f];

    /// <summary>One dense layer with a ReLU; its weights are of a type.</summary>
    public static byte[] Dense(TfliteType type)
    {
        var writer = new TfliteWriter();
        int x = writer.Tensor("x", [1, 5, 3]), y = writer.Tensor("y", [1, 5, 2]), bias = writer.Weights("bias", [2], Bias), weight;
        switch (type)
        {
            case TfliteType.Int8: // a scale for each row
                weight = writer.Constant("weight", [2, 3], type, [.. new sbyte[] { 2, -4, 1, 6, 8, -3 }.Select(value => (byte)value)], [0.25f, 0.25f]);
                break;
            case TfliteType.UInt8: // one for all, and a zero of its own
                weight = writer.Constant("weight", [2, 3], type, [102, 96, 101, 106, 108, 97], [0.25f], [100]);
                break;
            case TfliteType.Float16:
                int half = writer.Constant("half", [2, 3], type, [.. Weights.SelectMany(value => BitConverter.GetBytes((Half)value))]);
                writer.Operator(Dequantize, [half], [weight = writer.Tensor("weight", [2, 3])]);
                break;
            default:
                weight = writer.Weights("weight", [2, 3], Weights);
                break;
        }

        return writer.Operator(FullyConnected, [x, weight, bias], [y], 8, new() { [0] = (byte)1, [2] = (byte)1 }).Bytes([x], [y]);
    }

    /// <summary>An RNN of 5 steps, all of whose values a dense layer reads at once.</summary>
    public static byte[] Flattened()
    {
        TfliteWriter writer = Recurrent(out int x, out int h);
        int flat = writer.Tensor("flat", [1, 10]), y = writer.Tensor("y", [1, 3]);
        writer.Operator(22, [h, writer.Integers("shape", -1, 10)], [flat]);
        return writer.Operator(FullyConnected, [flat, writer.Weights("head", [3, 10], Some(30)), -1], [y]).Bytes([x], [y]);
    }

    /// <summary>An RNN, of which the last step is taken: a slice that begins at −1 and has an axis less.</summary>
    public static byte[] LastStep()
    {
        TfliteWriter writer = Recurrent(out int x, out int h);
        int y = writer.Tensor("y", [1, 2]);
        int[] slice = [h, writer.Integers("begin", 0, -1, 0), writer.Integers("end", 0, 0, 0), writer.Integers("strides", 1, 1, 1)];
        return writer.Operator(45, slice, [y], 32, new() { [0] = 5, [1] = 5, [4] = 2 }).Bytes([x], [y]);
    }

    /// <summary>Numbers that are all different.</summary>
    public static float[] Some(int count) => [.. Enumerable.Range(0, count).Select(index => (float)Math.Sin(1 + (3 * index)))];

    public static TfliteWriter Recurrent(out int x, out int h)
    {
        var writer = new TfliteWriter();
        (x, h) = (writer.Tensor("x", [1, 5, 3]), writer.Tensor("h", [1, 5, 2]));
        int[] inputs = [x, writer.Weights("w", [2, 3], Some(6)), writer.Weights("r", [2, 2], Some(4)), writer.Weights("b", [2], Some(2)), writer.State("state", 1, 2)];
        return writer.Operator(35, inputs, [h], 31, new() { [1] = (byte)4 });
    }
}
