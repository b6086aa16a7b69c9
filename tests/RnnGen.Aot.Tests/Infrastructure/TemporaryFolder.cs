namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The folder of a test run, which ends with the last collection that uses it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly Lazy<string> Root = new(() => Directory.CreateTempSubdirectory("rnngen-aot-").FullName);
    private static int s_count;
    private static int s_users;
    private static int s_generation;

    /// <summary>One more collection uses it.</summary>
    public TemporaryFolder() => Interlocked.Increment(ref s_users);

    /// <summary>How often it has ended.</summary>
    public static int Generation => Volatile.Read(ref s_generation);

    /// <summary>A new folder.</summary>
    /// <param name="name">What its name begins with.</param>
    public static string New(string name) => Shared($"{name}-{Interlocked.Increment(ref s_count)}");

    /// <summary>The same folder for everyone who asks for it by that name.</summary>
    /// <param name="name">Its name.</param>
    public static string Shared(string name) => Directory.CreateDirectory(Path.Combine(Root.Value, name)).FullName;

    /// <summary>Deletes all of it, when no one is left. A collection that begins only then publishes anew what it needs.</summary>
    public void Dispose()
    {
        if (Interlocked.Decrement(ref s_users) > 0 || !Root.IsValueCreated)
            return;
        Interlocked.Increment(ref s_generation);
        Publication.Forget();
        Directory.Delete(Root.Value, recursive: true);
    }
}
