using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>The pages of the documentation.</summary>
internal static class Pages
{
    /// <summary>The path of each page from the root of the repository, with slashes.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        "benchmarks/README.md",
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.PathOf(), path).Replace('\\', '/'))
            .Where(path => !path.StartsWith("docs/reference/api/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The text of a page.</summary>
    public static string Read(string page) => Repository.Read(page.Split('/')).ReplaceLineEndings("\n");
}
