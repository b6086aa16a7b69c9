using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Quick;

/// <summary>What the system has given the calling thread, and how often it has taken the core away. Known on Linux; zeros elsewhere.</summary>
/// <param name="Switches">Involuntary context switches.</param>
/// <param name="Seconds">CPU time.</param>
internal readonly record struct ThreadUsage(long Switches, double Seconds)
{
    // Of <sys/resource.h> on 64-bit Linux: who is asked about, the place of involuntary switches, and the length. Its times are those of the last tick only.
    private const int OfThread = 1, Involuntary = 17, Length = 18;

    // Of <time.h>: CLOCK_THREAD_CPUTIME_ID, which counts nanoseconds.
    private const int CpuClock = 3;

    public static ThreadUsage Now
    {
        get
        {
            if (!OperatingSystem.IsLinux())
                return default;
            Span<long> usage = stackalloc long[Length], time = stackalloc long[2];
            return getrusage(OfThread, ref usage[0]) == 0 && clock_gettime(CpuClock, ref time[0]) == 0
                ? new ThreadUsage(usage[Involuntary], time[0] + (time[1] * 1e-9))
                : default;
        }
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, ref long usage);

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, ref long time);
}
