namespace RnnGen.Samples;

/// <summary>The folder shared beside the repository: data and models of others, which are not shipped.</summary>
internal static class SharedFolder
{
    /// <summary>The full path of something in it, whether it is there or not: <c>../shared</c>, seen from the repository's root.</summary>
    public static string Get(params string[] names) => Path.GetFullPath(Path.Combine([RepositoryRoot() ?? "", "..", "shared", .. names]));

    private static string? RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RnnGen.sln")))
            folder = folder.Parent;
        return folder?.FullName;
    }
}
