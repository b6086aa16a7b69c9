namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>
/// A user's project: in a folder outside this repository, so that none of its properties reach it, with the package of RnnGen as <c>dotnet pack</c> makes it.
/// </summary>
internal sealed class OutsideProject
{
    private readonly string _name;
    private readonly string _body;
    private readonly string _artifacts;

    /// <summary>Writes a project that refers to the package of RnnGen.</summary>
    /// <param name="name">Its file's name, which is that of its assembly: <c>outside.csproj</c>.</param>
    /// <param name="body">What its file holds beside the reference.</param>
    /// <param name="files">Its other files: their paths, or a name and a text after a line break.</param>
    public OutsideProject(string name, string body, params string[] files)
        : this(name, feeds: [])
    {
        _body = body;
        ReferTo(Packages.Library, Packages.Version);
        foreach (string file in files)
        {
            if (file.Split('\n', 2) is [string other, string text])
                Write(other, text);
            else
                File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    private OutsideProject(string name, string[] feeds)
    {
        _ = Toolchain.CCompiler;
        Packages.Pack(Packages.Library);
        (_name, _body) = (name, "");
        Folder = TemporaryFolder.New("outside");
        _artifacts = TemporaryFolder.New("artifacts-outside");
        Packages.WriteConfiguration(Folder, feeds);
    }

    /// <summary>Creates a project from a template of this repository's package of them, installed for it alone.</summary>
    /// <param name="template">The template's short name.</param>
    /// <param name="version">The version of RnnGen; that of this repository unless given.</param>
    /// <param name="feeds">Feeds beside that of this repository's packages.</param>
    public static OutsideProject FromTemplate(string template, string? version = null, params string[] feeds)
    {
        var project = new OutsideProject("Outside.csproj", feeds);
        string hive = TemporaryFolder.New("templates");
        Dotnet.Run(project.Folder, "new", "install", Packages.Pack(Packages.Templates), "--debug:custom-hive", hive).Succeeded();
        string[] choice = version is null ? [] : ["--rnngenVersion", version];
        Dotnet.Run(project.Folder, ["new", template, "--name", "Outside", "--output", project.Folder, "--debug:custom-hive", hive, .. choice]).Succeeded();
        return project;
    }

    /// <summary>Where it lies.</summary>
    public string Folder { get; }

    /// <summary>Lets it refer to the package of cells and to no other.</summary>
    /// <returns>The same project.</returns>
    public OutsideProject ReferToCells()
    {
        Packages.Pack(Packages.Cells);
        return ReferTo(Packages.Cells, Packages.Version);
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
        Packages.Pack(Packages.Tool);
        string tools = Path.Combine(Folder, "tools"), configuration = Path.Combine(Folder, "NuGet.config");
        Dotnet.Run(Folder, "tool", "install", Packages.Tool, "--version", Packages.Version, "--tool-path", tools, "--configfile", configuration).Succeeded();
        return Path.Combine(tools, "rnngen");
    }

    /// <summary>Packs it into the feed from which outside projects take packages.</summary>
    /// <param name="version">The package's version.</param>
    public void PackAs(string version) => Run("pack", "--output", Packages.Feed, $"-p:Version={version}").Succeeded();

    /// <summary>Writes one of its files, or writes it again.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it holds.</param>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>Runs <c>dotnet</c> on it, Release unless the arguments say something else.</summary>
    /// <param name="verb"><c>publish</c>, <c>build</c> or <c>pack</c>.</param>
    /// <param name="arguments">Further arguments.</param>
    public Publication Run(string verb, params string[] arguments)
    {
        string output = TemporaryFolder.New("out");
        string[] all = [verb, Path.Combine(Folder, _name), "--artifacts-path", _artifacts, "-nodeReuse:false", "-tl:off", .. arguments];
        string[] place = verb == "publish" ? ["--output", output] : [];
        string[] configuration = arguments.Contains("-c") ? [] : ["-c", "Release"];
        return new Publication(Dotnet.Run(Folder, [.. all, .. place, .. configuration]), output).OrSkip();
    }

    /// <summary>Runs the program that a Release build made.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Execution Start(params string[] arguments) => Execution.Run(Dotnet.Host, [this[Path.ChangeExtension(_name, ".dll")], .. arguments]);

    /// <summary>Runs <c>dotnet watch</c> on it, Debug, until the program writes a line.</summary>
    /// <param name="isLast">Which line.</param>
    /// <returns>The line.</returns>
    public string Watch(Predicate<string> isLast) => Execution.RunUntil(Dotnet.Host, ["watch", "run", "--non-interactive", "-c", "Debug"], Folder, isLast);

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
}
