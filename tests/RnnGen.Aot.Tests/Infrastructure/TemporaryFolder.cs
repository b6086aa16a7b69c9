namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The folder of a test run, which ends with it: with the collection that all tests are of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly Lazy<string> Root = new(() => Directory.CreateTempSubdirectory("rnngen-aot-").FullName);
    private static int s_count;

    /// <summary>A new folder.</summary>
    /// <param name="name">What its name begins with.</param>
    public static string New(string name) => Shared($"{name}-{Interlocked.Increment(ref s_count)}");

    /// <summary>The same folder for everyone who asks for it by that name.</summary>
    /// <param name="name">Its name.</param>
    public static string Shared(string name) => Directory.CreateDirectory(Path.Combine(Root.Value, name)).FullName;

    /// <summary>Deletes all of it.</summary>
    public void Dispose()
    {
        if (Root.IsValueCreated)
            Directory.Delete(Root.Value, recursive: true);
    }
}
