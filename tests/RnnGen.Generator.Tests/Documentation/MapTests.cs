using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>The map of the repository names every project and every folder of the generator.</summary>
public sealed class MapTests
{
    private static readonly string Map = Pages.Read("docs/map.md");

    [Fact]
    public void Every_project_is_on_the_map()
    {
        string[] projects = [.. new[] { "src", "generators", "tests", "benchmarks" }
            .SelectMany(folder => Directory.GetDirectories(Repository.PathOf(folder)).Select(path => $"{folder}/{Path.GetFileName(path)}"))
            .Where(path => Directory.GetFiles(Repository.PathOf(path.Split('/')), "*.cs*", SearchOption.AllDirectories).Length > 0)];
        Assert.NotEmpty(projects);
        Assert.All(projects, project => Assert.Contains($"| `{project}` |", Map, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_folder_of_the_generator_is_on_the_map()
    {
        string[] folders = [.. Directory.GetDirectories(Repository.PathOf("generators", "RnnGen.Generator")).Select(path => Path.GetFileName(path)).Except(["bin", "obj", "Polyfills", "Properties"])];
        Assert.NotEmpty(folders);
        Assert.All(folders, folder => Assert.Contains($"| `{folder}` |", Map, StringComparison.Ordinal));
    }
}
