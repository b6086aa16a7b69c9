using RnnGen.Runtime;

namespace RnnGen;

/// <summary>One-hot encoding of classes.</summary>
public static class OneHot
{
    /// <summary>Encodes a sequence of classes, ready for <c>Run</c> or <see cref="SequenceBatch.Pad(IReadOnlyList{float[]}, int, Padding)"/>.</summary>
    /// <param name="classes">One class per step, each from 0 to <paramref name="size"/> − 1.</param>
    /// <param name="size">The number of classes: the network's InputSize.</param>
    /// <returns>[classes.Length × size].</returns>
    /// <exception cref="ArgumentException">The result would be longer than an array can be (about 2³¹ values).</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A class is out of range (the message names its step), or <paramref name="size"/> is not positive.
    /// </exception>
    public static float[] Encode(ReadOnlySpan<int> classes, int size)
    {
        if (size <= 0)
            throw new ArgumentOutOfRangeException(nameof(size), $"size: expected a positive number of classes, got {size}");
        float[] encoded = new float[Guard.Elements(nameof(classes), "values (classes × size)", classes.Length, size)];
        for (int step = 0; step < classes.Length; step++)
        {
            int value = classes[step];
            if ((uint)value >= (uint)size)
                throw new ArgumentOutOfRangeException(nameof(classes), $"classes: expected 0 to {size - 1} at step {step}, got {value}");
            encoded[step * size + value] = 1;
        }

        return encoded;
    }
}
