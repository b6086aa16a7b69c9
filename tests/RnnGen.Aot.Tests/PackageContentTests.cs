using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace RnnGen.Aot.Tests;

/// <summary>What is in the packages: what a registry shows, what a debugger reads, and nothing of the machine that made them.</summary>
[Collection(AotCollection.Programs)]
public sealed class PackageContentTests
{
    /// <summary>Those that other tests pack anyway; the tool's contains the assemblies of the rest. All of them with the slow tests.</summary>
    public static TheoryData<string> Names => SlowTests.Run
        ? [Packages.Library, Packages.Cells, Packages.Tool, Packages.Templates, "RnnGen.Latency", "RnnGen.Formats"]
        : [Packages.Library, Packages.Cells, Packages.Tool];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_registry_can_show_it(string name)
    {
        Dictionary<string, byte[]> files = Read(Packages.Pack(name));
        XElement metadata = XDocument.Parse(Text(files[$"{name}.nuspec"])).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        string Value(string element) => metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value ?? "";

        Assert.Equal([0x89, .. "PNG"u8], files[Value("icon")][..4]);
        string readme = Text(files[Value("readme")]);
        Assert.StartsWith($"# {name}\n", readme, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://)", readme); // A relative link leads nowhere in a registry.
        Assert.Contains(Value("releaseNotes"), Repository.Read("docs", "CHANGELOG.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Matches("^### ", Value("releaseNotes"));
        Assert.DoesNotContain("\n## ", Value("releaseNotes"), StringComparison.Ordinal);
        Assert.Equal(("MIT", Packages.Version), (Value("license"), Value("version")));
        Assert.InRange(Value("description").Length, 50, 250);
        Assert.Contains("rnn", Value("tags").Split(' '));
        Assert.Equal("", Value("repository") + Value("projectUrl")); // Until there is a public repository.
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void It_says_nothing_of_the_machine(string name)
    {
        Skip.IfNot(Packages.Configuration == "Release", "a Debug build keeps the paths of its sources");
        string package = Packages.Pack(name), symbols = Path.ChangeExtension(package, ".snupkg");
        Dictionary<string, byte[]> files = Read(package), symbolFiles = File.Exists(symbols) ? Read(symbols) : [];
        foreach ((string path, byte[] content) in files.Concat(symbolFiles))
            Assert.True(Machine.All(secret => content.AsSpan().IndexOf(secret) < 0), $"{path} holds a path of this machine, or its remote");

        string[] assemblies = [.. files.Keys.Where(path => Path.GetFileName(path).StartsWith("RnnGen", StringComparison.Ordinal) && path.EndsWith(".dll", StringComparison.Ordinal))];
        Assert.Equal(name != Packages.Templates, assemblies.Length > 0);
        foreach (string path in assemblies)
        {
            // Beside the library in the symbol package, or within the assembly where no debugger would look for it.
            string[] sources = symbolFiles.TryGetValue(Path.ChangeExtension(path, ".pdb"), out byte[]? pdb)
                ? DebugInformation.SourcesOfPdb(pdb)
                : DebugInformation.SourcesOfAssembly(files[path]);
            Assert.NotEmpty(sources);
            Assert.All(sources.Append(DebugInformation.PathOfPdb(files[path])), source => Assert.Matches("^/_|^RnnGen", source));
        }
    }

    [SkippableFact]
    public void A_library_has_its_documentation()
    {
        Dictionary<string, byte[]> files = Read(Packages.Pack(Packages.Library));
        Assert.Contains("<member name=\"T:RnnGen.NetworkAttribute\">", Text(files["lib/net10.0/RnnGen.xml"]), StringComparison.Ordinal);
    }

    /// <summary>The repository's folder, the user's, and where the repository came from, as they stand in text.</summary>
    private static byte[][] Machine { get; } =
    [
        .. new[] { Repository.PathOf(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/", Remote() }
            .Where(text => text.Length > 3).Select(Encoding.UTF8.GetBytes),
    ];

    private static string Remote() => Execution.Run("git", ["config", "--get", "remote.origin.url"], Repository.PathOf()).Output.Trim();

    private static Dictionary<string, byte[]> Read(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream stream = entry.Open();
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return content.ToArray();
        });
    }

    private static string Text(byte[] content) => new UTF8Encoding(false).GetString(content).TrimStart('\uFEFF').ReplaceLineEndings("\n");
}
