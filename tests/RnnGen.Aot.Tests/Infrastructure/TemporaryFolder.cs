namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The folder of a test run, which ends with it.</summary>
internal static class TemporaryFolder
{
    private static readonly Lazy<string> Root = new(Create);
    private static int s_count;

    /// <summary>A new folder.</summary>
    /// <param name="name">What its name begins with.</param>
    public static string New(string name) =>
        Directory.CreateDirectory(Path.Combine(Root.Value, $"{name}-{Interlocked.Increment(ref s_count)}")).FullName;

    /// <summary>The same folder for everyone who asks for it by that name.</summary>
    /// <param name="name">Its name.</param>
    public static string Shared(string name) => Directory.CreateDirectory(Path.Combine(Root.Value, name)).FullName;

    private static string Create()
    {
        string root = Directory.CreateTempSubdirectory("rnngen-aot-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        return root;
    }
}
