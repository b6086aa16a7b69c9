using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <summary>Short-lived memory of generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scratch
{
    /// <summary>Floats that aligning a buffer may cost.</summary>
    public const int Slack = Arena.Alignment;

    /// <summary>The first float of a stack buffer whose address is a multiple of 64: a vector across two cache lines would cost twice.</summary>
    public static unsafe ref float Align(Span<float> buffer)
    {
        // A stack buffer does not move, so its address may be taken.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer));
        return ref buffer[(int)((0 - address) % (Arena.Alignment * sizeof(float)) / sizeof(float))];
    }

    /// <summary>Copies so many floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float source, ref float destination, [ConstantExpected] int count) =>
        Unsafe.CopyBlockUnaligned(ref Unsafe.As<float, byte>(ref destination), ref Unsafe.As<float, byte>(ref source), (uint)count * sizeof(float));

    /// <summary>Sets so many floats to zero.</summary>
    public static void Clear(ref float first, int count) => MemoryMarshal.CreateSpan(ref first, count).Clear();
}
