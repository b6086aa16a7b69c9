namespace RnnGen.Formats.Torch;

/// <summary>A tensor: a view of a storage. Its numbers are read when someone asks for them.</summary>
/// <param name="Storage">Where its numbers are.</param>
/// <param name="Offset">Its first one there.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Strides">How far the next one of a dimension is.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, IReadOnlyList<int> Shape, IReadOnlyList<long> Strides)
{
    private const int MaxDimensions = 16;

    /// <summary>How many numbers it has.</summary>
    public long Count => Shape.Aggregate(1L, (count, size) => count * size);

    /// <summary>The tensor of <c>_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks, metadata)</c>, or of its first four arguments.</summary>
    /// <exception cref="FormatException">It does not lie within its storage, has more numbers than that, or is negated or conjugated lazily.</exception>
    public static TorchTensor Of(IReadOnlyList<object?> arguments)
    {
        if (arguments is not [TorchStorage storage, long offset, PickleTuple size, PickleTuple stride, ..] || arguments.Count > 7)
            throw new FormatException("expected a tensor (storage, offset, sizes, strides), got something else");
        if (arguments.Count == 7 && arguments[6] is PickleDictionary { Keys.Count: > 0 } metadata && metadata.Keys.Any(key => metadata[key] is not false))
            throw new FormatException($"expected a plain tensor, got one with {Text.Quote(string.Join(", ", metadata.Keys))}");
        if (size.Items.Count != stride.Items.Count || size.Items.Count > MaxDimensions)
            throw new FormatException($"expected a stride for each of at most {MaxDimensions} dimensions, got {size.Items.Count} dimensions and {stride.Items.Count} strides");
        int[] shape = [.. size.Items.Select(item => item is long and >= 0 and <= int.MaxValue and var dimension ? (int)dimension : throw new FormatException("expected sizes of at least 0"))];
        long[] strides = [.. stride.Items.Select(item => item is long and >= 0 and <= int.MaxValue and var step ? step : throw new FormatException("expected strides of at least 0"))];

        // In numbers that cannot overflow: sizes and strides have 31 bits each, and the product is stopped at the storage's length.
        double last = offset, count = 1;
        for (int at = 0; at < shape.Length; at++)
            (last, count) = (last + ((double)(shape[at] - 1) * strides[at]), count * shape[at]);
        if (count > storage.Count || (count > 0 && (offset < 0 || last >= storage.Count)))
            throw new FormatException($"expected a tensor within its storage of {storage.Count} numbers, got one of {Text.Shape(shape)} from {offset} on with strides {Text.Shorten(string.Join(", ", strides))}");
        return new TorchTensor(storage, offset, shape, strides);
    }

    /// <summary>Its numbers, the last dimension fastest.</summary>
    /// <param name="bytes">The storage's, least byte of a number first.</param>
    public float[] Read(ReadOnlySpan<byte> bytes)
    {
        float[] values = new float[Count];
        int[] index = new int[Shape.Count];
        for (int at = 0; at < values.Length; at++)
        {
            long place = Offset;
            for (int dimension = 0; dimension < index.Length; dimension++)
                place += index[dimension] * Strides[dimension];
            values[at] = Storage.Element.Read!(bytes.Slice(checked((int)(place * Storage.Element.Size)), Storage.Element.Size));
            for (int dimension = index.Length - 1; dimension >= 0 && ++index[dimension] == Shape[dimension]; dimension--)
                index[dimension] = 0;
        }

        return values;
    }
}
