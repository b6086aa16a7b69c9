namespace RnnGen.Formats;

/// <summary>
/// Values that a reader may make beyond those that its file holds: a diagonal becomes a matrix, groups of a convolution become one with zeros. A small file that
/// would become a large network is damaged, or means harm.
/// </summary>
internal sealed class ExpansionBudget
{
    private long _left = 1 << 22;

    /// <summary>Zeros for a layer.</summary>
    /// <param name="layer">Its name in the file.</param>
    /// <param name="operation">Its kind in the file.</param>
    /// <param name="sizes">Their shape.</param>
    /// <exception cref="UnsupportedLayerException">They are too many, with those before.</exception>
    public float[] Take(string layer, string operation, params ReadOnlySpan<int> sizes)
    {
        long count = 1;
        foreach (int size in sizes)
        {
            count *= size;
            if (count > _left)
                throw new UnsupportedLayerException(layer, operation, $"it expands to more than the {_left} zeros and weights that are left for the short forms in a file of this size");
        }

        _left -= count;
        return new float[count];
    }
}
