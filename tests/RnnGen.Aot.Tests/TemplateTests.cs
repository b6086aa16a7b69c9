namespace RnnGen.Aot.Tests;

/// <summary>The templates as strangers get them: installed from the package, built and published outside of this repository. That they compile a faster test shows.</summary>
[Collection(AotCollection.Libraries)]
public sealed class TemplateTests
{
    private const string BaselineVersion = "0.1.0";

    /// <summary>What a program says of its last recording comes after what it says of its training.</summary>
    private const string AfterTraining = "after 0.2 s: ";

    [SkippableFact]
    public void The_program_trains_and_so_does_its_native_publication()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        OutsideProject project = OutsideProject.FromTemplate("rnngen-console");
        project.Run("build").Succeeded();
        string jit = Run(Dotnet.Host, project["Outside.dll"]);
        Assert.Matches("(100|9[0-9])\\.[0-9] % of the test recordings are right", jit);
        Assert.Matches("after 1\\.0 s: running \\([0-9]+ %\\)\n$", jit);

        // The template publishes for AVX2: so runs the JIT's program, on a CPU with AVX-512 too.
        string avx2 = Execution.Run(Dotnet.Host, [project["Outside.dll"]], TemporaryFolder.New("run"), ("DOTNET_EnableAVX512", "0")).Succeeded().Output;
        Assert.Equal(avx2, Run(project.Run("publish").Succeeded()["Outside"]));
    }

    [SkippableFact]
    public void The_library_is_called_from_C()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        OutsideProject project = OutsideProject.FromTemplate("rnngen-native");
        Publication library = project.Run("publish").Succeeded();
        string[] linked = ["main.c", $"-I{library.Folder}", library["activity.so"], $"-Wl,-rpath,{library.Folder}", "-lm", "-o", "main"];
        Toolchain.Compile(project.Folder, [.. CallerTests.Strict, "-std=c89", .. linked]);
        Assert.Matches("after 1\\.0 s: running \\([0-9]+ %\\)\n$", Run(Path.Combine(project.Folder, "main")));
    }

    /// <summary>A program that was made with the release before takes this one, and the weights that it has trained.</summary>
    [SkippableFact]
    public void An_upgrade_from_the_release_before_keeps_the_weights()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Skip.IfNot(Path.Exists(Repository.PathOf(".git")), "the release before is built from the repository's history");
        string packing = Repository.PathOf("packaging");
        Dotnet.Run(packing, "msbuild", Path.Combine(packing, "Pack.proj"), "-t:PackBaseline", "-nodeReuse:false", "-tl:off").Succeeded();
        string feed = Repository.PathOf("artifacts", "baseline", BaselineVersion), folder = TemporaryFolder.New("run");
        OutsideProject project = OutsideProject.FromTemplate("rnngen-console", BaselineVersion, feed);
        project.Run("build").Succeeded();
        string before = RunIn(folder, Dotnet.Host, project["Outside.dll"]);

        string file = Path.Combine(project.Folder, "Outside.csproj"), code = Path.Combine(project.Folder, "Program.cs");
        string reference = $"Include=\"RnnGen\" Version=\"{BaselineVersion}\"", text = File.ReadAllText(file), program = File.ReadAllText(code);
        Assert.Contains(reference, text, StringComparison.Ordinal);
        project.Write("Outside.csproj", text.Replace(reference, reference.Replace(BaselineVersion, Packages.Version, StringComparison.Ordinal), StringComparison.Ordinal));
        int first = program.IndexOf("using (var network", StringComparison.Ordinal), last = program.IndexOf("// 3.", StringComparison.Ordinal);
        project.Write("Program.cs", program.Remove(first, last - first));
        project.Run("build").Succeeded();

        string after = RunIn(folder, Dotnet.Host, project["Outside.dll"]);
        Assert.StartsWith(AfterTraining, after, StringComparison.Ordinal);
        Assert.EndsWith(after, before, StringComparison.Ordinal);
    }

    private static string Run(string program, params string[] arguments) => RunIn(TemporaryFolder.New("run"), program, arguments);

    private static string RunIn(string folder, string program, params string[] arguments) => Execution.Run(program, arguments, folder).Succeeded().Output;
}
