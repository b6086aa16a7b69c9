namespace RnnGen.Formats.Tflite;

/// <summary>Reads a <c>Model</c>. The numbers of fields are those of TensorFlow Lite's schema.</summary>
internal static class TfliteModelReader
{
    private const int Version = 3, LargestRank = 16;

    /// <summary>Bytes 4 to 7 of every file.</summary>
    public static bool IsModel(ReadOnlySpan<byte> file) => file.Length >= 8 && file[4..8].SequenceEqual("TFL3"u8);

    /// <summary>The model.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static TfliteModel Read(FlatFile file)
    {
        FlatTable model = file.Root();
        if (model.Int32(0) != Version)
            throw new FormatException($"expected version {Version} of TensorFlow Lite's schema, got {model.Int32(0)}");
        string[] codes = [.. model.Tables(1).Select(Code)];
        FlatTable[] graphs = model.Tables(2), buffers = model.Tables(4);
        if (graphs.Length == 0)
            throw new FormatException("expected a graph, got none");
        FlatTable graph = graphs[0];
        HashSet<string> names = new(StringComparer.Ordinal);
        TfliteTensor[] tensors = [.. graph.Tables(0).Select((tensor, index) => Tensor(tensor, index, buffers, names))];
        TfliteOperator[] operators = [.. graph.Tables(3).Select(item => Operator(item, codes, tensors.Length))];
        return new TfliteModel(tensors, operators, Places(graph.Int32s(1), tensors.Length, isOptional: false), Places(graph.Int32s(2), tensors.Length, isOptional: false));
    }

    private static string Code(FlatTable code)
    {
        // Numbers from 127 on did not fit into the first field, and got another one.
        int number = Math.Max((int)(sbyte)code.Byte(0), code.Int32(3));
        return number == OperatorNames.Custom ? $"CUSTOM {Text.Shorten(code.Text(1))}" : OperatorNames.Of(number);
    }

    private static TfliteOperator Operator(FlatTable item, string[] codes, int tensors)
    {
        int code = item.Int32(0);
        if (code < 0 || code >= codes.Length)
            throw new FormatException($"expected an operator below {codes.Length}, got {code}");
        bool isPlain = !(item.Bytes(5) is { Count: > 0 }) && item.Byte(11) == 0;
        return new TfliteOperator(codes[code], Places(item.Int32s(1), tensors, isOptional: true), Places(item.Int32s(2), tensors, isOptional: false), item.Byte(3), item.Table(4), isPlain);
    }

    private static int[] Places(int[] places, int tensors, bool isOptional)
    {
        foreach (int place in places)
            if (place >= tensors || place < (isOptional ? -1 : 0))
                throw new FormatException($"expected the place of one of {tensors} tensors, got {place}");
        return places;
    }

    private static TfliteTensor Tensor(FlatTable tensor, int index, FlatTable[] buffers, HashSet<string> names)
    {
        string name = tensor.Text(3);
        if (name.Length == 0 || !names.Add(name))
            names.Add(name = $"{name}#{index}");
        int[] shape = tensor.Int32s(0), signature = tensor.Int32s(7);
        if (shape.Length > LargestRank || Array.Exists(shape, size => size < 0))
            throw new FormatException($"tensor {Text.Quote(name)}: expected at most {LargestRank} sizes from 0 on, got {Text.Shape(shape)}");
        if (signature.Length != shape.Length)
            signature = shape;
        int buffer = tensor.Int32(2);
        if (buffer < 0 || (buffer >= buffers.Length && buffer != 0))
            throw new FormatException($"tensor {Text.Quote(name)}: expected a buffer below {buffers.Length}, got {buffer}");
        // Buffers of more than 2 GB lie after the tables, which this reader does not know; nor does it sparse ones.
        bool isReadable = (buffers.Length == 0 || buffers[buffer].UInt64(1) == 0) && !tensor.Has(6);
        (long At, int Count)? data = buffers.Length == 0 || buffer == 0 || buffers[buffer].Bytes(0) is not { Count: > 0 } bytes ? null : bytes;
        (TfliteScale? scale, bool isLinear) = Scale(tensor.Table(4), name, shape);
        return new TfliteTensor(name, shape, signature, (TfliteType)tensor.Byte(1), tensor.Byte(5) != 0, data, scale, isReadable && isLinear);
    }

    private static (TfliteScale? Scale, bool IsLinear) Scale(FlatTable? table, string name, int[] shape)
    {
        if (table is not { } quantization)
            return (null, true);
        float[] scales = quantization.Floats(2);
        long[] zeros = quantization.Int64s(3);
        int axis = quantization.Int32(6);
        if (scales.Length == 0)
            return (null, quantization.Byte(4) == 0);
        bool fits = scales.Length == 1 || (axis >= 0 && axis < shape.Length && shape[axis] == scales.Length);
        if (!fits || (zeros.Length != scales.Length && zeros.Length > 1))
            throw new FormatException($"tensor {Text.Quote(name)}: expected a scale for all or for each place along axis {axis}, got {scales.Length} and {zeros.Length} zero points for {Text.Shape(shape)}");
        return (new TfliteScale(scales, zeros, axis), quantization.Byte(4) == 0);
    }
}
