using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Quick;

/// <summary>What the system has given the calling thread, and how often it has taken the core away. Known on Linux; zeros elsewhere.</summary>
/// <param name="Switches">Involuntary context switches.</param>
/// <param name="Seconds">CPU time.</param>
internal readonly record struct ThreadUsage(long Switches, double Seconds)
{
    // Of <sys/resource.h> on 64-bit Linux: who is asked about, and the places of times (seconds and microseconds, user and system) and involuntary switches.
    private const int OfThread = 1, User = 0, System = 2, Involuntary = 17, Length = 18;

    public static ThreadUsage Now
    {
        get
        {
            Span<long> usage = stackalloc long[Length];
            return OperatingSystem.IsLinux() && getrusage(OfThread, ref usage[0]) == 0
                ? new ThreadUsage(usage[Involuntary], usage[User] + usage[System] + ((usage[User + 1] + usage[System + 1]) * 1e-6))
                : default;
        }
    }

    [DllImport("libc")]
    private static extern int getrusage(int who, ref long usage);
}
