namespace RnnGen.Formats.Keras;

/// <summary>Weights of recurrent layers as Keras 1 wrote them, a tensor for each gate (<c>lstm_1_W_i</c>, <c>…_U_i</c>, <c>…_b_i</c>), joined as Keras 2 has them.</summary>
internal static class KerasOneWeights
{
    private static readonly string[] Lstm = ["_i", "_f", "_c", "_o"], Gru = ["_z", "_r", "_h"];

    /// <summary>The weights of a layer; of two directions those of the forward one first, as they lie.</summary>
    public static IReadOnlyList<NamedTensor> Joined(IReadOnlyList<NamedTensor> tensors)
    {
        string[]? gates = tensors.Count is 12 or 24 && Lstm.All(gate => Ends(tensors, "_W" + gate)) ? Lstm : tensors.Count is 9 or 18 && Gru.All(gate => Ends(tensors, "_W" + gate)) ? Gru : null;
        if (gates is null)
            return tensors;
        int each = 3 * gates.Length;
        return [.. Enumerable.Range(0, tensors.Count / each).SelectMany(direction => Direction([.. tensors.Skip(direction * each).Take(each)], gates))];
    }

    private static IEnumerable<NamedTensor> Direction(NamedTensor[] tensors, string[] gates) => new[] { "_W", "_U", "_b" }.Select(kind =>
    {
        NamedTensor[] parts = [.. gates.Select(gate => tensors.FirstOrDefault(tensor => Name(tensor).EndsWith(kind + gate, StringComparison.Ordinal))
            ?? throw new FormatException($"expected a tensor that ends in {kind}{gate}, got {Text.Shorten(string.Join(", ", tensors.Select(Name)), 300)}"))];
        return Columns(parts);
    });

    /// <summary>Matrices side by side, or vectors one after the other.</summary>
    private static NamedTensor Columns(NamedTensor[] parts)
    {
        IReadOnlyList<int> shape = parts[0].Shape;
        if (shape.Count is not (1 or 2) || parts.Any(part => !part.Shape.SequenceEqual(shape)))
            throw new FormatException($"expected matrices of one shape, got {Text.Shorten(string.Join(", ", parts.AsEnumerable()), 300)}");
        int rows = shape.Count == 1 ? 1 : shape[0], columns = shape[^1];
        float[] values = [.. Enumerable.Range(0, rows).SelectMany(row => parts.SelectMany(part => part.Values.Part(row * columns, columns)))];
        return new NamedTensor(parts[0].Name, shape.Count == 1 ? [columns * parts.Length] : [rows, columns * parts.Length], values);
    }

    private static bool Ends(IReadOnlyList<NamedTensor> tensors, string end) => tensors.Any(tensor => Name(tensor).EndsWith(end, StringComparison.Ordinal));

    /// <summary>TensorFlow puts a <c>:0</c> behind names.</summary>
    private static string Name(NamedTensor tensor) => tensor.Name.EndsWith(":0", StringComparison.Ordinal) ? tensor.Name[..^2] : tensor.Name;
}
