namespace RnnGen.Tests;

/// <summary>Data of others that are not shipped: a folder <c>shared</c> beside the repository. Tests that need it are skipped where it is not.</summary>
internal static class SharedFolder
{
    private static readonly string? Path = FindShared();

    /// <summary>A file or folder there; skips the test, with the reason, where it is absent.</summary>
    public static string Get(params string[] parts)
    {
        string path = System.IO.Path.Combine([Path ?? "../shared", .. parts]);
        Skip.IfNot(File.Exists(path) || Directory.Exists(path), $"no {path}");
        return path;
    }

    /// <summary>A folder there; null where it is absent.</summary>
    public static string? Find(string folder, params string[] parts) =>
        System.IO.Path.Combine([Path ?? "../shared", folder, .. parts]) is { } path && Directory.Exists(path) ? path : null;

    private static string? FindShared()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "RnnGen.sln")))
                return folder.Parent is null ? null : System.IO.Path.Combine(folder.Parent.FullName, "shared");
        }

        return null;
    }
}
