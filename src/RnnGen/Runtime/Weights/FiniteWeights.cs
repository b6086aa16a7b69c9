using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>NaN and infinities, which no weight may be: what a file does not hold is not put into one, nor into a network by hand.</summary>
internal static class FiniteWeights
{
    /// <summary>The first value that is not finite; −1 where all are.</summary>
    public static int IndexOfOther(ReadOnlySpan<float> values)
    {
        // In double the squares of all floats, and as many as a span holds, add up to something finite.
        if (double.IsFinite(VectorLoops.SumOfSquares(values)))
            return -1;
        int index = 0;
        while (index < values.Length && float.IsFinite(values[index]))
            index++;
        return index;
    }

    /// <summary>Names a value that is not finite.</summary>
    public static string Name(float value) => float.IsNaN(value) ? "NaN" : value > 0 ? "infinity" : "-infinity";

    /// <summary>Refuses to write weights that are not finite.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="packed">Its packed weights, or others of its layout.</param>
    /// <param name="target">Where they would be written.</param>
    /// <exception cref="ArithmeticException">One is not; the message names the tensor.</exception>
    public static void Check(NetworkLayout layout, ReadOnlySpan<float> packed, string target)
    {
        if (IndexOfOther(packed) < 0)
            return;
        foreach (ParameterLayout parameter in layout.Parameters)
        {
            float[] values = PackedTensor.Unpack(parameter, packed);
            if (IndexOfOther(values) is >= 0 and var index)
            {
                string got = $"{Name(values[index])} in {parameter.Name} at index {index}";
                throw new ArithmeticException($"{target}: expected finite weights of {layout.Network}, got {got}: nothing is written");
            }
        }
    }
}
