using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// glibc's malloc gives large blocks back to the system as soon as they are freed, and a program that takes them again pays for it in page faults: up to half
/// of an update of TorchSharp. These are what <c>MALLOC_TRIM_THRESHOLD_</c>, <c>MALLOC_TOP_PAD_</c> and <c>MALLOC_MMAP_MAX_</c> say in the environment.
/// </summary>
internal static partial class MallocSettings
{
    private const int TrimThreshold = -1, TopPad = -2, MmapMax = -4;

    public static void KeepMemory()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(TrimThreshold, int.MaxValue);
            _ = SetOption(TopPad, 256 << 20);
            _ = SetOption(MmapMax, 0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with a malloc of its own.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
