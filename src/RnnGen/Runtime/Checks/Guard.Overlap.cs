using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <content>
/// Where outputs may lie. A time step is read before it is answered, and what is read is never written earlier: outputs may lie in the frames as long as no
/// answer comes to lie on a frame that is still to be read. Everything else that a call reads (states, masks, the data of a batch) is apart from its outputs.
/// A call that is refused has written nothing.
/// </content>
public static partial class Guard
{
    /// <summary>
    /// Checks that the outputs of a sequence are not written over frames that are still to be read. A many-to-one network answers when it has read all frames:
    /// its output may lie anywhere. A network with a layer in reverse reads early frames last: its outputs lie apart from the frames. The answers of any other
    /// network may lie in the frames where each ends no later than the frame of its step; those of the last step may lie anywhere.
    /// </summary>
    /// <param name="input">The frames of a sequence.</param>
    /// <param name="output">Its outputs.</param>
    /// <param name="layout">The network's layout.</param>
    /// <param name="argument">The output's name.</param>
    /// <exception cref="ArgumentException">Outputs would overwrite frames that are still to be read.</exception>
    public static void Overlap(ReadOnlySpan<float> input, ReadOnlySpan<float> output, NetworkLayout layout, string argument)
    {
        if (WouldOverwrite(input, output, layout))
            ThrowOverlap(argument);
    }

    /// <summary>Whether outputs of a sequence would be written over frames that are still to be read.</summary>
    /// <param name="input">The frames of a sequence.</param>
    /// <param name="output">Its outputs.</param>
    /// <param name="layout">The network's layout.</param>
    internal static bool WouldOverwrite(ReadOnlySpan<float> input, ReadOnlySpan<float> output, NetworkLayout layout) =>
        Overlaps(input, output) && !layout.ManyToOne && (layout.ReverseLayer is not null || RowsOverwrite(input, output, layout));

    /// <summary>
    /// The same for one step of many streams: some are answered before others are read, also by a network that answers once per sequence.
    /// </summary>
    /// <inheritdoc cref="Overlap"/>
    public static void StreamOverlap(ReadOnlySpan<float> input, ReadOnlySpan<float> output, NetworkLayout layout, string argument)
    {
        if (Overlaps(input, output) && RowsOverwrite(input, output, layout))
            ThrowOverlap(argument);
    }

    /// <summary>Checks that two arguments have no byte in common.</summary>
    /// <typeparam name="TRead">Of what is read, or read and written.</typeparam>
    /// <typeparam name="TOther">Of the other.</typeparam>
    /// <param name="read">What is read, or read and written: states, a mask, the data of a batch.</param>
    /// <param name="other">The other: mostly outputs.</param>
    /// <param name="argument">The other's name.</param>
    /// <param name="from">What it is to be apart from, for the message.</param>
    /// <exception cref="ArgumentException">They have.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apart<TRead, TOther>(ReadOnlySpan<TRead> read, ReadOnlySpan<TOther> other, string argument, string from)
        where TRead : struct
        where TOther : struct
    {
        if (Overlaps(read, other))
            ThrowNotApart(argument, from);
    }

    /// <summary>Checks that outputs lie apart from a batch: some sequences are answered before others are read.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="output">The outputs.</param>
    /// <param name="argument">The outputs' name.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void Apart(SequenceBatch batch, ReadOnlySpan<float> output, string argument)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Apart(batch.Data, output, argument, "the batch's data");
        Apart(batch.Mask, output, argument, "the batch's mask");
    }

    /// <summary>
    /// Whether a row of outputs reaches a row of frames after its own. Rows of outputs that are no longer than those of frames move away from their frames, so
    /// the first one decides; longer ones catch up with them, and the last but one decides. Nothing comes after the last.
    /// </summary>
    private static bool RowsOverwrite(ReadOnlySpan<float> input, ReadOnlySpan<float> output, NetworkLayout layout)
    {
        long later = (input.Length / layout.FrameSize) - 1;
        long room = (long)(layout.FrameSize - layout.OutputSize) * sizeof(float);
        return later > 0 && Offset(input, output) > (room >= 0 ? room : later * room);
    }

    // By bytes: spans over memory of other types need not lie at whole floats from each other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Overlaps<TLeft, TRight>(ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right)
        where TLeft : struct
        where TRight : struct
    {
        nint offset = Offset(left, right);
        nuint leftBytes = (nuint)left.Length * (nuint)Unsafe.SizeOf<TLeft>(), rightBytes = (nuint)right.Length * (nuint)Unsafe.SizeOf<TRight>();
        return ((nuint)offset < leftBytes && rightBytes > 0) || ((nuint)(-offset) < rightBytes && leftBytes > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Offset<TLeft, TRight>(ReadOnlySpan<TLeft> left, ReadOnlySpan<TRight> right) =>
        Unsafe.ByteOffset(ref Unsafe.As<TLeft, byte>(ref MemoryMarshal.GetReference(left)), ref Unsafe.As<TRight, byte>(ref MemoryMarshal.GetReference(right)));

    [DoesNotReturn]
    private static void ThrowOverlap(string argument) => throw new ArgumentException(
        $"{argument}: expected memory that does not overlap the input's, got outputs that would overwrite frames before they are read", argument);

    [DoesNotReturn]
    private static void ThrowNotApart(string argument, string from) =>
        throw new ArgumentException($"{argument}: expected memory that does not overlap {from}, got memory that does", argument);
}
