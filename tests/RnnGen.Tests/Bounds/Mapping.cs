using System.ComponentModel;
using System.Runtime.InteropServices;

namespace RnnGen.Tests.Bounds;

/// <summary>Pages of the process's address space that may not be touched until they are unprotected.</summary>
internal sealed unsafe partial class Mapping : IDisposable
{
    private const int ReadAndWrite = 3;
    private const int Private = 2;
    private readonly nuint _length;

    public Mapping(long bytes)
    {
        int anonymous = OperatingSystem.IsMacOS() ? 0x1000 : 0x20;
        _length = (nuint)bytes;
        First = (byte*)Map(0, _length, protection: 0, Private | anonymous, file: -1, offset: 0);
        if (First == (byte*)-1)
            throw new Win32Exception();
    }

    /// <summary>The first byte.</summary>
    public byte* First { get; }

    /// <summary>Lets some pages be read and written. They are zeros.</summary>
    public static void Unprotect(byte* first, long bytes)
    {
        if (bytes > 0 && Protect((nint)first, (nuint)bytes, ReadAndWrite) != 0)
            throw new Win32Exception();
    }

    public void Dispose()
    {
        if (Unmap((nint)First, _length) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
