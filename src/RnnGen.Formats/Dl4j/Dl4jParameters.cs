namespace RnnGen.Formats.Dl4j;

/// <summary>
/// The parameters of a network, which lie one after the other in one vector; matrices column by column, so that each is the transpose of what it is called: W of
/// <c>[in, out]</c> lies as <c>[out, in]</c>, which is RnnGen's.
/// </summary>
internal sealed class Dl4jParameters(float[] values)
{
    private int _at;

    /// <summary>The next ones.</summary>
    /// <exception cref="FormatException">There are not that many.</exception>
    public float[] Take(long count)
    {
        if (count > values.Length - _at)
            throw new FormatException($"coefficients.bin: expected {count} more values from {_at} on, got {values.Length - _at}");
        _at += (int)count;
        return values.Part(_at - (int)count, (int)count);
    }

    /// <summary>Refuses values that no layer took.</summary>
    public void CheckEmpty()
    {
        if (_at != values.Length)
            throw new FormatException($"coefficients.bin: expected {_at} values, as many as the layers have, got {values.Length}");
    }
}
