namespace RnnGen.Runtime;

/// <summary>
/// A parameter's values, or its gradient: canonical (row-major, gate by gate) outside, packed inside. <see cref="ParameterLayout"/> has the formula.
/// </summary>
/// <param name="layout">Where the values lie.</param>
/// <param name="buffer">What they lie in.</param>
internal sealed class PackedTensor(ParameterLayout layout, PackedBuffer buffer)
{
    /// <summary>Its name, shape and place.</summary>
    public ParameterLayout Layout { get; } = layout;

    /// <summary>Copies canonical values in.</summary>
    public void Set(ReadOnlySpan<float> source, string argument)
    {
        Span<float> packed = buffer.Writable;
        Guard.Length(source.Length, Layout.Count, argument, Layout.Name);
        Guard.Apart((ReadOnlySpan<float>)packed, source, argument, "the packed values");
        Pack(Layout, source, packed);
    }

    /// <summary>Copies the values out, canonically.</summary>
    public void CopyTo(Span<float> destination, string argument)
    {
        ReadOnlySpan<float> packed = buffer.Span;
        Guard.Length(destination.Length, Layout.Count, argument, Layout.Name);
        Guard.Apart(packed, (ReadOnlySpan<float>)destination, argument, "the packed values");
        Unpack(Layout, packed, destination);
    }

    /// <summary>A copy of the values, canonical.</summary>
    public float[] ToArray() => Unpack(Layout, buffer.Span);

    /// <summary>Puts a parameter's canonical values where they lie in packed memory.</summary>
    internal static void Pack(ParameterLayout layout, ReadOnlySpan<float> canonical, Span<float> packed)
    {
        int row = 0;
        foreach (PackedRow place in new PackedRows(layout))
        {
            for (int column = 0; column < layout.Columns; column++)
                packed[place.Offset + column * place.ColumnStride] = canonical[layout.CanonicalIndex(row, column)];
            row++;
        }
    }

    /// <summary>A parameter's canonical values, out of packed memory.</summary>
    internal static float[] Unpack(ParameterLayout layout, ReadOnlySpan<float> packed)
    {
        var values = new float[layout.Count];
        Unpack(layout, packed, values);
        return values;
    }

    /// <summary>Takes a parameter's canonical values out of packed memory.</summary>
    internal static void Unpack(ParameterLayout layout, ReadOnlySpan<float> packed, Span<float> canonical)
    {
        int row = 0;
        foreach (PackedRow place in new PackedRows(layout))
        {
            for (int column = 0; column < layout.Columns; column++)
                canonical[layout.CanonicalIndex(row, column)] = packed[place.Offset + column * place.ColumnStride];
            row++;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Layout.Name} [{string.Join(", ", Layout.Shape.Select(size => size.ToString(InvariantNumbers.Format)))}]";
}
