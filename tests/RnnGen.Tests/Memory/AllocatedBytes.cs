namespace RnnGen.Tests.Memory;

internal static class AllocatedBytes
{
    private const int Calls = 10;
    private const int Rounds = 5;

    /// <summary>Runs an action until it is compiled, then checks that it allocates nothing.</summary>
    /// <remarks>
    /// While other threads allocate, the runtime now and then counts the unused rest of a thread's allocation buffer, up to 8 KB, even for a thread that only
    /// multiplies numbers. What allocates does so in every round, so one round without a byte is proof enough.
    /// </remarks>
    public static void AssertNone(Action action)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        long least = long.MaxValue;
        for (int round = 0; round < Rounds && least != 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Calls; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
