using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// The checks at a network's border. Each message names the argument, what was expected and what came. What throws is kept out of line, so that a check
/// that passes costs a compare and a branch.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Guard
{
    /// <summary>Checks a span's length.</summary>
    /// <param name="actual">Its length.</param>
    /// <param name="expected">What it must be.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="meaning">What the expected length is: <c>InputSize</c>.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Length(int actual, long expected, string argument, string meaning)
    {
        if (actual != expected)
        {
            ThrowLength(actual, expected, argument, meaning);
        }
    }

    /// <summary>Checks that a span holds whole time steps, at least one.</summary>
    /// <param name="actual">Its length.</param>
    /// <param name="size">Values per time step.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="meaning">What <paramref name="size"/> is: <c>InputSize</c>.</param>
    /// <returns>The number of time steps.</returns>
    /// <exception cref="ArgumentException">The length is 0 or not a multiple of <paramref name="size"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Steps(int actual, int size, string argument, string meaning)
    {
        if (actual <= 0 || actual % size != 0)
        {
            ThrowSteps(actual, size, argument, meaning);
        }

        return actual / size;
    }

    /// <summary>Checks that something is within its capacity.</summary>
    /// <param name="actual">How many came.</param>
    /// <param name="limit">The most there may be.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="things">What is counted: <c>steps</c>.</param>
    /// <param name="meaning">What the limit is: <c>MaxSteps</c>.</param>
    /// <exception cref="ArgumentException">There are more.</exception>
    public static void AtMost(int actual, int limit, string argument, string things, string meaning)
    {
        if (actual > limit)
        {
            ThrowAtMost(actual, limit, argument, things, meaning);
        }
    }

    /// <summary>Checks that values fit into one array.</summary>
    /// <param name="argument">The name of the argument that makes them so many.</param>
    /// <param name="things">What they are: <c>values (classes × size)</c>.</param>
    /// <param name="factors">What multiplies to their number, none of them negative and at most four.</param>
    /// <returns>The array's length.</returns>
    /// <exception cref="ArgumentException">They are more.</exception>
    internal static int Elements(string argument, string things, params ReadOnlySpan<int> factors)
    {
        Int128 count = 1;
        foreach (int factor in factors)
            count *= factor;
        if (count > Array.MaxLength)
            ThrowElements(argument, things, string.Join(" × ", Array.ConvertAll(factors.ToArray(), factor => $"{factor}")), count);
        return (int)count;
    }

    /// <summary>Checks that a batch is one for this network.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="layout">The network's layout.</param>
    /// <exception cref="ArgumentNullException"><paramref name="batch"/> is null.</exception>
    /// <exception cref="ArgumentException">Its frames have another number of features than the network's input, or are classes where that is none.</exception>
    public static void Batch([NotNull] SequenceBatch? batch, NetworkLayout layout)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.IsOneHot && !layout.OneHot)
        {
            ThrowTokens(layout);
        }

        if (batch.Features != layout.FrameSize)
        {
            ThrowFeatures(batch.Features, layout);
        }

        if (layout.OneHot)
        {
            Classes(batch.Data, layout.InputSize, nameof(batch));
        }
    }

    /// <summary>Checks that a time step is a class.</summary>
    /// <param name="value">The class.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="argument">The argument's name.</param>
    /// <returns>The class as kernels take it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or there are not so many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Class(int value, int classes, string argument)
    {
        if ((uint)value >= (uint)classes)
        {
            ThrowClass(value, classes, argument, 0);
        }

        return value;
    }

    /// <summary>Checks that time steps are classes, each a whole number in a float.</summary>
    /// <param name="values">The time steps.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not a whole number, is negative, or there are not so many.</exception>
    public static void Classes(ReadOnlySpan<float> values, int classes, string argument)
    {
        for (int i = 0; i < values.Length; i++)
        {
            // Written so that a NaN is refused as well.
            if (!(values[i] >= 0 && values[i] < classes && values[i] == MathF.Floor(values[i])))
            {
                ThrowClass(values[i], classes, argument, i);
            }
        }
    }

    /// <summary>Writes classes as kernels take them.</summary>
    /// <param name="values">The classes.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="frames">Receives them.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is negative, or there are not so many.</exception>
    public static void Classes(ReadOnlySpan<int> values, int classes, Span<float> frames, string argument)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if ((uint)values[i] >= (uint)classes)
            {
                ThrowClass(values[i], classes, argument, i);
            }

            frames[i] = values[i];
        }
    }

    /// <summary>Checks the length of the outputs of one sequence.</summary>
    /// <param name="actual">The span's length.</param>
    /// <param name="steps">The sequence's time steps.</param>
    /// <param name="layout">The network's layout.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentException">The length is another than T × OutputSize, or OutputSize for a many-to-one network.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output(int actual, int steps, NetworkLayout layout, string argument) =>
        Length(actual, layout.ManyToOne ? layout.OutputSize : (long)steps * layout.OutputSize, argument, layout.ManyToOne ? "OutputSize" : "T × OutputSize");

    /// <summary>Checks the length of the outputs of a batch.</summary>
    /// <param name="actual">The span's length.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="layout">The network's layout.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentException">The length is another than T × B × OutputSize, or B × OutputSize for a many-to-one network.</exception>
    public static void Output(int actual, SequenceBatch batch, NetworkLayout layout, string argument)
    {
        long rows = layout.ManyToOne ? batch.BatchSize : (long)batch.Steps * batch.BatchSize;
        Length(actual, rows * layout.OutputSize, argument, layout.ManyToOne ? "B × OutputSize" : "T × B × OutputSize");
    }

    /// <summary>Throws for an object that has been disposed of.</summary>
    /// <param name="name">The object's class.</param>
    [DoesNotReturn]
    internal static void ThrowDisposed(string name) => throw new ObjectDisposedException(name);

    [DoesNotReturn]
    private static void ThrowLength(int actual, long expected, string argument, string meaning) =>
        throw new ArgumentException($"{argument}: expected {expected} values ({meaning}), got {actual}", argument);

    [DoesNotReturn]
    private static void ThrowSteps(int actual, int size, string argument, string meaning) =>
        throw new ArgumentException($"{argument}: expected a positive multiple of {size} values ({meaning}), got {actual}", argument);

    [DoesNotReturn]
    private static void ThrowAtMost(int actual, int limit, string argument, string things, string meaning) =>
        throw new ArgumentException($"{argument}: expected at most {limit} {things} ({meaning}), got {actual}", argument);

    [DoesNotReturn]
    private static void ThrowElements(string argument, string things, string factors, Int128 count) =>
        throw new ArgumentException($"{argument}: expected at most {Array.MaxLength} {things}, got {factors} = {count}", argument);

    [DoesNotReturn]
    private static void ThrowFeatures(int actual, NetworkLayout layout) => throw new ArgumentException(
        $"batch: expected {layout.FrameSize} features ({(layout.OneHot ? "one class per time step" : "InputSize")}), got {actual}", "batch");

    [DoesNotReturn]
    private static void ThrowTokens(NetworkLayout layout) => throw new ArgumentException(
        $"batch: expected frames of {layout.InputSize} features (InputSize), got classes, which only a network with OneHot takes", "batch");

    [DoesNotReturn]
    private static void ThrowClass(float value, int classes, string argument, int index) => throw new ArgumentOutOfRangeException(
        argument, $"{argument}: expected a class from 0 to {classes - 1}, got {value} at index {index}");
}
