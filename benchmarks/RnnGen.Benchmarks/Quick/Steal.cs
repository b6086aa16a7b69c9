namespace RnnGen.Benchmarks.Quick;

/// <summary>How much of the machine's time went to other virtual machines, as Linux counts it.</summary>
internal static class Steal
{
    // Of /proc/stat's first line: "cpu", then user, nice, system, idle, iowait, irq, softirq, steal.
    private const int Times = 8;

    /// <summary>Ticks of all cores since the start of the system, and those stolen; zeros where they are not known.</summary>
    public static (long All, long Stolen) Now
    {
        get
        {
            if (!File.Exists("/proc/stat"))
                return (0, 0);
            long[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Times).Select(long.Parse)];
            return (ticks.Sum(), ticks[^1]);
        }
    }
}
