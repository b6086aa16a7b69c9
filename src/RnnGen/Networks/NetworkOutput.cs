namespace RnnGen;

/// <summary>Where an output of a network lies in a row of its OutputSize values: a member of the generated class's <c>Outputs</c>.</summary>
/// <param name="Name">The layer that gives it.</param>
/// <param name="Offset">Its first value.</param>
/// <param name="Size">Its values.</param>
public readonly record struct NetworkOutput(string Name, int Offset, int Size)
{
    /// <summary>Its values in a row of outputs, or of their gradients.</summary>
    /// <param name="row">[OutputSize].</param>
    /// <exception cref="ArgumentOutOfRangeException">The row is too short.</exception>
    public Span<float> Of(Span<float> row) => row.Slice(Offset, Size);

    /// <inheritdoc cref="Of(Span{float})"/>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> row) => row.Slice(Offset, Size);
}
