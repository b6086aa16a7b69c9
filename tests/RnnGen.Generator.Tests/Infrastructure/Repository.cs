namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Finds the repository's own files, which tests hold against the code.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    /// <summary>The text of a file, by its path from the root.</summary>
    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RnnGen.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No RnnGen.sln above {AppContext.BaseDirectory}.");
    }
}
