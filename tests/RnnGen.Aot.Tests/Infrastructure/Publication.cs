using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>What <c>dotnet publish</c> made of a project of this repository.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it said.</param>
/// <param name="Folder">Where that lies.</param>
internal sealed partial record Publication(int ExitCode, string Output, string Folder)
{
    /// <summary>The argument that leaves out of <c>Levels</c> all that it exports.</summary>
    public const string WithoutExports = "-p:WithoutExports=true";

    private static readonly ConcurrentDictionary<string, Lazy<Publication>> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lock> OneAtATime = new(StringComparer.Ordinal);

    /// <summary>
    /// Publishes a project, Release, into a folder of its own: once in a test run for the same project and arguments, one after the other. Its
    /// intermediate files are no one else's; the library, the generator and the tasks are those beside the tests. Skips the test where there is no C compiler,
    /// or where packages cannot be restored.
    /// </summary>
    /// <param name="project">The project file's path, whole or from the repository's root with /, or the name of one in <c>Projects</c>.</param>
    /// <param name="arguments">Further arguments: <c>-p:RnnGenTarget=x86-64-v3</c>. Semicolons in a property's value are <c>%3B</c>.</param>
    public static Publication Of(string project, params string[] arguments) => Find(project, ["publish", "--output", TemporaryFolder.New("out")], arguments);

    /// <summary>The same for the JIT: built, with all that it needs beside it.</summary>
    /// <param name="project">As for <see cref="Of"/>.</param>
    /// <param name="arguments">As for <see cref="Of"/>.</param>
    public static Publication ForTheJit(string project, params string[] arguments) =>
        Find(project, ["build", "--output", TemporaryFolder.New("jit")], arguments);

    /// <summary>The same up to what NativeAOT's compiler would be told, which takes the most of the time: for what the build says.</summary>
    /// <param name="project">As for <see cref="Of"/>.</param>
    /// <param name="arguments">As for <see cref="Of"/>.</param>
    public static Publication UpToNativeCode(string project, params string[] arguments) =>
        Find(project, ["build", "-t:WriteIlcRspFileForCompilation", "-p:_IsPublishing=true"], arguments);

    /// <summary>Forgets what has been published, whose folders are going to be deleted.</summary>
    public static void Forget() => Known.Clear();

    private static Publication Find(string project, string[] verb, string[] arguments)
    {
        _ = Toolchain.CCompiler;
        Publication publication = Known.GetOrAdd(
            string.Join('\n', [verb[0], project, .. arguments]), _ => new Lazy<Publication>(() => Publish(project, verb, arguments))).Value;
        return publication.OrSkip();
    }

    /// <summary>What a run of <c>dotnet</c> made.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="folder">Where what it made lies.</param>
    public Publication(Execution execution, string folder)
        : this(execution.ExitCode, execution.Output + execution.Errors, folder)
    {
    }

    /// <summary>The arguments of NativeAOT's compiler; none where it was not asked for.</summary>
    public IReadOnlyList<string> IlcArguments { get; private init; } = [];

    /// <summary>The same; a skipped test where packages could not be restored.</summary>
    public Publication OrSkip()
    {
        Match missing = MissingPackagePattern().Match(Output);
        Skip.If(ExitCode != 0 && missing.Success, $"packages cannot be restored: {missing.Value}");
        return this;
    }

    /// <summary>The same, where publishing succeeded; a failed test where not.</summary>
    public Publication Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    /// <summary>The path of a published file.</summary>
    /// <param name="name">Its name.</param>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>How often it gave a warning or an error, as the whole output tells them: MSBuild may repeat one at the end.</summary>
    /// <param name="code">Its code: RNN201.</param>
    /// <returns>The distinct lines.</returns>
    public IReadOnlyList<string> Messages(string code) =>
        [.. Output.Split('\n').Where(line => line.Contains($" {code}:", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];

    private static Publication Publish(string project, string[] verb, string[] arguments)
    {
        lock (OneAtATime.GetOrAdd(project, _ => new Lock()))
        {
            string file = Path.IsPathRooted(project) ? project
                : project.Contains('/', StringComparison.Ordinal) ? Repository.PathOf(project.Split('/'))
                : Repository.PathOf("tests", "RnnGen.Aot.Tests", "Projects", project, project + ".csproj");
            string name = Path.GetFileNameWithoutExtension(file);
            string[] all =
            [
                .. verb, file, "--configuration", "Release", "--artifacts-path", ArtifactsOf(name, arguments),
                "-nodeReuse:false", "-tl:off", $"-p:RnnGenBinaries={AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)}", .. arguments,
            ];
            Execution execution = Execution.Run(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", all, Path.GetDirectoryName(file), ("DOTNET_CLI_UI_LANGUAGE", "en"));
            return new Publication(execution, verb[^1]) { IlcArguments = ReadIlcArguments(name, arguments) };
        }
    }

    /// <summary>MSBuild does not compile again where nothing but optimisation is another, or a file is left out.</summary>
    private static string ArtifactsOf(string name, string[] arguments) => TemporaryFolder.Shared(
        "artifacts-" + name + (arguments.Contains("-p:Optimize=false") ? "-unoptimised" : "") + (arguments.Contains(WithoutExports) ? "-without" : ""));

    /// <summary>Reads them while no other publication of the project can have overwritten them.</summary>
    private static string[] ReadIlcArguments(string name, string[] arguments)
    {
        bool isArm = arguments.Contains("linux-arm64");
        string[] files = Directory.GetFiles(ArtifactsOf(name, arguments), "*.ilc.rsp", SearchOption.AllDirectories);

        // Those of a library's levels lie in folders of their own.
        return [.. files.Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "native"
            && file.Contains("arm64", StringComparison.Ordinal) == isArm).SelectMany(File.ReadLines)];
    }

    [GeneratedRegex("error NU(1100|1101|1102|1103|1301)[^\n]*")]
    private static partial Regex MissingPackagePattern();
}
