using System.Reflection;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>
/// A user's project: in a folder outside this repository, so that none of its properties reach it, with the package of RnnGen as <c>dotnet pack</c> makes it.
/// </summary>
internal sealed class OutsideProject
{
    /// <summary>The package of this repository that brings the generator.</summary>
    public const string Library = "RnnGen";

    /// <summary>The package of cells of this repository.</summary>
    public const string Cells = "RnnGen.Cells";

    /// <summary>The package of the tool of this repository.</summary>
    private const string Tool = "RnnGen.Cli";

    private static readonly Shared<Execution> ToolPackage = new(() => Pack(Tool));
    private static readonly Shared<Execution> LibraryPackage = new(() => Pack(Library));
    private static readonly Shared<Execution> CellsPackage = new(() => Pack(Cells));
    private readonly string _name;
    private readonly string _body;
    private readonly string _artifacts;

    /// <summary>Writes a project that refers to the package of RnnGen.</summary>
    /// <param name="name">Its file's name, which is that of its assembly: <c>outside.csproj</c>.</param>
    /// <param name="body">What its file holds beside the reference.</param>
    /// <param name="files">Its other files: their paths, or a name and a text after a line break.</param>
    public OutsideProject(string name, string body, params string[] files)
    {
        _ = Toolchain.CCompiler;
        LibraryPackage.Value.Succeeded();
        (_name, _body) = (name, body);
        Folder = TemporaryFolder.New("outside");
        _artifacts = TemporaryFolder.New("artifacts-outside");
        ReferTo(Library, Version);
        Write("NuGet.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{TemporaryFolder.Shared("packages")}" /></config>
              <packageSources><add key="packed" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="known" value="{KnownPackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        foreach (string file in files)
        {
            if (file.Split('\n', 2) is [string other, string text])
                Write(other, text);
            else
                File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>Lets it refer to the package of cells and to no other.</summary>
    /// <returns>The same project.</returns>
    public OutsideProject ReferToCells()
    {
        CellsPackage.Value.Succeeded();
        return ReferTo(Cells, Version);
    }

    /// <summary>Lets it refer to a package in the feed and to no other.</summary>
    /// <param name="package">The package.</param>
    /// <param name="version">Its version.</param>
    /// <returns>The same project.</returns>
    public OutsideProject ReferTo(string package, string version)
    {
        Write(_name, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {_body}
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        return this;
    }

    /// <summary>Installs the tool of this repository beside its files, as <c>dotnet tool install</c> does, from the feed alone.</summary>
    /// <returns>The path of the program.</returns>
    public string InstallTool()
    {
        ToolPackage.Value.Succeeded();
        string tools = Path.Combine(Folder, "tools");
        Dotnet(Folder, ["tool", "install", Tool, "--version", Version, "--tool-path", tools, "--configfile", Path.Combine(Folder, "NuGet.config")]).Succeeded();
        return Path.Combine(tools, "rnngen");
    }

    /// <summary>Packs it into the feed from which outside projects take packages.</summary>
    /// <param name="version">The package's version.</param>
    public void PackAs(string version) => Run("pack", "--output", Feed, $"-p:Version={version}").Succeeded();

    /// <summary>Writes one of its files, or writes it again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it holds.</param>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Feed => TemporaryFolder.Shared("feed");

    private static string Version { get; } = typeof(NetworkAttribute).Assembly.GetName().Version!.ToString(3);

    private static string KnownPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs <c>dotnet</c> on it, Release unless the arguments say something else.</summary>
    /// <param name="verb"><c>publish</c>, <c>build</c> or <c>pack</c>.</param>
    /// <param name="arguments">Further arguments.</param>
    public Publication Run(string verb, params string[] arguments)
    {
        string output = TemporaryFolder.New("out");
        string[] all = [verb, Path.Combine(Folder, _name), "--artifacts-path", _artifacts, "-nodeReuse:false", "-tl:off", .. arguments];
        string[] place = verb == "publish" ? ["--output", output] : [];
        string[] configuration = arguments.Contains("-c") ? [] : ["-c", "Release"];
        return new Publication(Dotnet(Folder, [.. all, .. place, .. configuration]), output).OrSkip();
    }

    /// <summary>Runs the program that a Release build made.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Execution Start(params string[] arguments) => Execution.Run(Host, [this[Path.ChangeExtension(_name, ".dll")], .. arguments]);

    /// <summary>Runs <c>dotnet watch</c> on it, Debug, until the program writes a line.</summary>
    /// <param name="isLast">Which line.</param>
    /// <returns>The line.</returns>
    public string Watch(Predicate<string> isLast) => Execution.RunUntil(Host, ["watch", "run", "--non-interactive", "-c", "Debug"], Folder, isLast);

    /// <summary>The path of a file that a Release build made.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => PathOf("release", name);

    /// <summary>The path of a file that a build made.</summary>
    /// <param name="configuration">The configuration, in small letters.</param>
    /// <param name="name">Its name.</param>
    public string PathOf(string configuration, string name) =>
        Path.Combine(_artifacts, "bin", Path.GetFileNameWithoutExtension(_name), configuration, name);

    /// <summary>Its intermediate files about weights.</summary>
    public string[] FindWeightFiles() =>
        [.. Directory.GetFiles(_artifacts, "*", SearchOption.AllDirectories).Where(file => file.Contains("/rnngen/weights/", StringComparison.Ordinal))];

    /// <summary>Builds it up to the arguments of NativeAOT's compiler, and returns them.</summary>
    /// <param name="arguments">Further arguments.</param>
    public string[] WriteIlcArguments(params string[] arguments)
    {
        Run("build", ["-t:WriteIlcRspFileForCompilation", "-p:_IsPublishing=true", .. arguments]).Succeeded();
        return ReadIlcArguments();
    }

    /// <summary>The arguments that NativeAOT's compiler got in the last run.</summary>
    public string[] ReadIlcArguments() => File.ReadAllLines(Assert.Single(Directory.GetFiles(_artifacts, "*.ilc.rsp", SearchOption.AllDirectories)));

    private static Execution Pack(string package)
    {
        string configuration = typeof(OutsideProject).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string project = Repository.PathOf("src", package, package + ".csproj");
        return Dotnet(Path.GetDirectoryName(project)!, ["pack", project, "--no-build", "-c", configuration, "--output", Feed, "-nodeReuse:false", "-tl:off"]);
    }

    private static Execution Dotnet(string folder, string[] arguments) => Execution.Run(Host, arguments, folder, ("DOTNET_CLI_UI_LANGUAGE", "en"));
}
