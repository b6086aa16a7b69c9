namespace RnnGen.Formats.Nam;

/// <summary>The one list of numbers of a Neural Amp Modeler file: each layer takes its own from the front.</summary>
/// <param name="values">All of them.</param>
internal sealed class NamWeights(float[] values)
{
    /// <summary>The largest size that a configuration may state: products of three stay within a long.</summary>
    public const int LargestSize = 1 << 20;

    private int _next;

    /// <summary>The next numbers.</summary>
    /// <param name="what">Whose they are, for the message.</param>
    /// <param name="sizes">Their shape.</param>
    /// <exception cref="FormatException">There are fewer.</exception>
    public float[] Take(string what, params ReadOnlySpan<int> sizes)
    {
        long count = 1;
        foreach (int size in sizes)
            count *= size;
        if (count > values.Length - _next)
            throw new FormatException($"weights: expected {count} for {what} from {_next} on, got {values.Length - _next}");
        _next += (int)count;
        return values.Part(_next - (int)count, (int)count);
    }

    /// <summary>Says that no layer is left.</summary>
    /// <exception cref="FormatException">But numbers are.</exception>
    public void End()
    {
        if (_next != values.Length)
            throw new FormatException($"weights: expected {_next}, as many as the configuration has parameters, got {values.Length}");
    }
}
