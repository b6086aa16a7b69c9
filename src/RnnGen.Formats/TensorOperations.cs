namespace RnnGen.Formats;

/// <summary>What readers and writers do to arrays of weights.</summary>
internal static class TensorOperations
{
    /// <summary>The transpose of a matrix <c>[rows, columns]</c>, row-major.</summary>
    public static float[] Transposed(this float[] matrix, int rows, int columns)
    {
        if (matrix.Length != (long)rows * columns)
            throw new FormatException($"expected a matrix of {Text.Shape([rows, columns])}, got {matrix.Length} values");
        float[] transposed = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
        return transposed;
    }

    /// <summary>Blocks of equal size in another order: <c>Reordered(w, "ifco", "ifgo")</c> has no letter for c, so both orders name a gate alike.</summary>
    /// <param name="values">The blocks one after the other; rows gate by gate.</param>
    /// <param name="from">A letter per gate, in the order in which they lie.</param>
    /// <param name="to">The same letters in the wanted order.</param>
    public static float[] Reordered(this float[] values, string from, string to)
    {
        if (values.Length % from.Length != 0 || from.Length != to.Length)
            throw new FormatException($"expected a multiple of {from.Length} values, one part for each gate, got {values.Length}");
        int size = values.Length / from.Length;
        float[] reordered = new float[values.Length];
        for (int gate = 0; gate < to.Length; gate++)
            Array.Copy(values, from.IndexOf(to[gate], StringComparison.Ordinal) * size, reordered, gate * size, size);
        return reordered;
    }

    /// <summary>A part of an array.</summary>
    public static float[] Part(this float[] values, int start, int count) => start >= 0 && count >= 0 && start <= values.Length - count
        ? values.AsSpan(start, count).ToArray()
        : throw new FormatException($"expected {count} values from {start} on, got {values.Length} values in all");

    /// <summary>Some columns of a matrix, row-major.</summary>
    public static float[] Columns(this float[] matrix, int rows, int start, int count)
    {
        int columns = matrix.Length / rows;
        if (matrix.Length != (long)rows * columns || start < 0 || count < 0 || start > columns - count)
            throw new FormatException($"expected {count} columns from {start} on of {rows} rows, got {matrix.Length} values");
        float[] part = new float[rows * count];
        for (int row = 0; row < rows; row++)
            Array.Copy(matrix, (row * columns) + start, part, row * count, count);
        return part;
    }
}
