using System.Runtime.CompilerServices;

namespace RnnGen.Tests.Memory;

/// <summary>Networks' and tapes' memory is pinned, so a reference into it may become a pointer, which tests index more readably.</summary>
internal static unsafe class Pinned
{
    public static T* Pointer<T>(ref T first)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref first);
}
