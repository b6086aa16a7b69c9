using System.Collections.Concurrent;
using System.Reflection;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The packages of this repository, as <c>dotnet pack</c> makes them of what is built, in a feed for the projects outside.</summary>
internal static class Packages
{
    /// <summary>The package that brings the generator.</summary>
    public const string Library = "RnnGen";

    /// <summary>The package of cells.</summary>
    public const string Cells = "RnnGen.Cells";

    /// <summary>The package of the tool.</summary>
    public const string Tool = "RnnGen.Cli";

    /// <summary>The package of templates.</summary>
    public const string Templates = "RnnGen.Templates";

    private static readonly ConcurrentDictionary<string, Shared<Execution>> Packed = new(StringComparer.Ordinal);

    /// <summary>The folder in which they lie.</summary>
    public static string Feed => TemporaryFolder.Shared("feed");

    /// <summary>The version of all of them.</summary>
    public static string Version { get; } = typeof(NetworkAttribute).Assembly.GetName().Version!.ToString(3);

    /// <summary>How this repository is built: Release or Debug.</summary>
    public static string Configuration { get; } = typeof(Packages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>Packs one of them into the feed, once in a test run.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The package's path.</returns>
    public static string Pack(string name)
    {
        Packed.GetOrAdd(name, _ => new Shared<Execution>(() => Run(name))).Value.Succeeded();
        return Path.Combine(Feed, $"{name}.{Version}.nupkg");
    }

    /// <summary>Lets the projects of a folder restore packages from the feed, into a cache that was empty when the tests began.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="feeds">Other feeds.</param>
    public static void WriteConfiguration(string folder, params string[] feeds) => File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="{TemporaryFolder.Shared("packages")}" /></config>
          <packageSources>{string.Concat(feeds.Prepend(Feed).Select((feed, index) => $"<add key=\"packed{index}\" value=\"{feed}\" />"))}</packageSources>
          <fallbackPackageFolders><add key="known" value="{Known}" /></fallbackPackageFolders>
        </configuration>
        """);

    private static string Known => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>What was built for these tests is packed as it is; the surface is compared with the release before where all is packed.</summary>
    private static Execution Run(string name)
    {
        string project = Repository.PathOf("src", name, name + ".csproj");
        string[] options = ["-c", Configuration, "--output", Feed, "-nodeReuse:false", "-tl:off", "-p:EnablePackageValidation=false"];
        return Dotnet.Run(Path.GetDirectoryName(project)!, ["pack", project, "--no-build", .. options]);
    }
}
