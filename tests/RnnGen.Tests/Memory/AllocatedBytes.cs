namespace RnnGen.Tests.Memory;

internal static class AllocatedBytes
{
    /// <summary>Runs an action until it is compiled, then checks that it allocates nothing.</summary>
    public static void AssertNone(Action action)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            action();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
