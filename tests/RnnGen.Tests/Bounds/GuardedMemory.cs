using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Tests.Bounds;

/// <summary>Which end of a piece of memory lies at a protected page, to the byte.</summary>
public enum GuardedSide
{
    /// <summary>Its last byte is the last of its page, and the page behind may not be touched. Its first one then lies wherever the length puts it.</summary>
    End,

    /// <summary>
    /// Its first byte is the first of its page, and the page before may not be touched. Behind its last byte there is the rest of its page, then a protected one.
    /// </summary>
    Start,
}

/// <summary>
/// Memory each piece of which lies between pages that may not be touched: whoever reads or writes there ends the process. As an <see cref="ArenaSource"/>, it
/// lays out each block of an arena so.
/// </summary>
/// <param name="side">Where a piece's guard is close.</param>
internal sealed unsafe class GuardedMemory(GuardedSide side) : ArenaSource, IDisposable
{
    /// <summary>What lies before the elements of an array: the object's header, its type and its length, each as long as a pointer.</summary>
    private const int ArrayHeader = 24;

    private static readonly int Page = Environment.SystemPageSize;

    // The pages of the blocks of the plan at hand, in bytes from the arena's start.
    private readonly List<(long First, long Length)> _plan = [];
    private readonly List<Mapping> _mappings = [];
    private long _planned;

    /// <summary>Why this system has no such memory; null where it has.</summary>
    public static string? WhyNot => !OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS() ? "no mmap and mprotect on this system"
        : sizeof(nint) != 8 ? "written for processes of 64 bits"
        : null;

    /// <summary>Zeros between protected pages.</summary>
    public Span<T> Take<T>(int count)
        where T : struct => new(TakeBytes((long)count * Unsafe.SizeOf<T>()), count);

    /// <summary>A copy of values between protected pages.</summary>
    public Span<T> Copy<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        Span<T> copy = Take<T>(values.Length);
        values.CopyTo(copy);
        return copy;
    }

    /// <summary>
    /// An array between protected pages, for what takes no span: an object that the garbage collector does not know, and leaves alone. Its header is in the same
    /// memory, so that 24 bytes before its elements may be touched.
    /// </summary>
    public T[] CopyToArray<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // The type's pointer stands before the length, the length before the first element.
        nint type = Unsafe.Add(ref Unsafe.As<T, nint>(ref MemoryMarshal.GetArrayDataReference(new T[1])), -2);
        byte* memory = TakeBytes(ArrayHeader + ((long)values.Length * sizeof(T)));
        Unsafe.WriteUnaligned(memory + sizeof(nint), type);
        Unsafe.WriteUnaligned(memory + (2 * sizeof(nint)), (nint)values.Length);
        nint reference = (nint)memory + sizeof(nint);
        T[] array = Unsafe.As<nint, T[]>(ref reference);
        values.CopyTo(array);
        return array;
    }

    /// <inheritdoc/>
    public override (Int128 Start, Int128 Planned) Place(Int128 planned, Int128 floats)
    {
        if (planned == 0)
            _plan.Clear();
        long bytes = (long)floats * sizeof(float);
        long first = ((long)planned * sizeof(float)) + Page;
        long length = ToPages(bytes);
        _plan.Add((first, length));
        _planned = (first + length) / sizeof(float);
        return ((first + Before(bytes)) / sizeof(float), _planned);
    }

    /// <inheritdoc/>
    public override float* Take(int floats)
    {
        if (_plan.Count == 0 || floats != _planned)
            return (float*)TakeBytes((long)floats * sizeof(float));
        byte* arena = Map(((long)floats * sizeof(float)) + Page);
        foreach ((long first, long length) in _plan)
            Mapping.Unprotect(arena + first, length);
        _plan.Clear();
        return (float*)arena;
    }

    /// <summary>Gives all of it back. No one may have any of it any more.</summary>
    public void Dispose()
    {
        foreach (Mapping mapping in _mappings)
            mapping.Dispose();
        _mappings.Clear();
    }

    private static long ToPages(long bytes) => (bytes + Page - 1) / Page * Page;

    private long Before(long bytes) => side == GuardedSide.Start ? 0 : ToPages(bytes) - bytes;

    private byte* TakeBytes(long bytes)
    {
        byte* first = Map(ToPages(bytes) + (2 * Page)) + Page;
        Mapping.Unprotect(first, ToPages(bytes));
        return first + Before(bytes);
    }

    private byte* Map(long bytes)
    {
        var mapping = new Mapping(bytes);
        _mappings.Add(mapping);
        return mapping.First;
    }
}
