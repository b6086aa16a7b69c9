namespace RnnGen.Aot.Tests;

/// <summary>What the package says in projects that it cannot serve, or that leave out what it needs: one message, which names the cure.</summary>
[Collection(AotCollection.Programs)]
public sealed class PackageTests
{
    private const string Network = """
        network.cs
        [RnnGen.Network(4)]
        [RnnGen.Lstm(8)]
        [RnnGen.NativeExport("net")]
        public sealed partial class Net;
        """;

    private const string Program = """
        main.cs
        using RnnGen.Samples.Embedded;

        using DigitRecognizer network = DigitRecognizer.CreateDefault();
        float[] output = new float[DigitRecognizer.OutputSize];
        network.Step(new float[DigitRecognizer.InputSize], output);
        string resources = string.Join(' ', typeof(DigitRecognizer).Assembly.GetManifestResourceNames());
        System.Console.WriteLine($"{System.BitConverter.SingleToUInt32Bits(output[0])} {resources}");
        """;

    private const string Library = """
        <PropertyGroup>
          <TargetFramework>net10.0</TargetFramework>
          <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
          <RnnGenTarget>portable</RnnGenTarget>
        </PropertyGroup>
        """;

    /// <summary>The reference assemblies of other frameworks are not asked for: they are absent where nothing can be downloaded.</summary>
    [SkippableTheory]
    [InlineData("<TargetFramework>net8.0</TargetFramework>", "net8.0")]
    [InlineData("<TargetFrameworks>net10.0;net9.0</TargetFrameworks>", "net9.0")]
    public void Another_framework_is_an_error_that_names_both(string frameworks, string refused)
    {
        var project = new OutsideProject(
            "outside.csproj",
            $"<PropertyGroup>{frameworks}<DisableImplicitFrameworkReferences>true</DisableImplicitFrameworkReferences></PropertyGroup>",
            Network);
        Publication build = project.Run("build");
        Assert.NotEqual(0, build.ExitCode);
        string message = Assert.Single(build.Messages("NU1202"));
        Assert.Contains($" is not compatible with {refused} ", message, StringComparison.Ordinal);
        Assert.Contains("supports: net10.0", message, StringComparison.Ordinal);
        Assert.DoesNotContain("error CS", build.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("outside.fsproj", "F#", "<ItemGroup><Compile Include=\"code.fs\" /></ItemGroup>", "code.fs\nmodule Code\nlet one = 1\n")]
    [InlineData("outside.vbproj", "VB", "", "code.vb\nPublic Class Code\nEnd Class\n")]
    public void A_project_of_another_language_is_warned(string name, string language, string body, string code)
    {
        var project = new OutsideProject(name, BuildDiagnosticTests.Example("RNN210", 0) + body, code);
        string warning = Assert.Single(project.Run("build").Succeeded().Messages("RNN210"));
        Assert.Contains($"nothing in outside, whose language is {language}: put the network in a C# project", warning, StringComparison.Ordinal);
    }

    /// <summary>After the compiler's own error of it, which names no option, no analyzer runs: the generator says what is meant, and what else is wrong.</summary>
    [SkippableFact]
    public void An_option_that_there_is_not_is_an_error_that_names_the_one_that_was_meant()
    {
        string network = Network.Replace("[RnnGen.Lstm(8)]", "[RnnGen.Gru(8, Activation = RnnGen.Activation.Relu)]\n[RnnGen.LastStep]\n[RnnGen.LastStep]", StringComparison.Ordinal);
        Publication build = new OutsideProject("outside.csproj", Library, network).Run("build");
        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("Activation in [Gru], which has no such option; use CandidateActivation", Assert.Single(build.Messages("RNN028")), StringComparison.Ordinal);
        Assert.Single(build.Messages("RNN015"));
        Assert.DoesNotContain("warning CS8", build.Output, StringComparison.Ordinal); // The compiler takes the assembly of code fixes without a word.
    }

    [SkippableFact]
    public void A_project_of_another_language_that_refers_to_the_cells_alone_is_warned()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        OutsideProject project = new OutsideProject("outside.vbproj", BuildDiagnosticTests.Example("RNN210", 0), "code.vb\nPublic Class Code\nEnd Class\n").ReferToCells();
        Assert.Single(project.Run("build").Succeeded().Messages("RNN210"));
    }

    [SkippableFact]
    public void One_that_refers_to_a_project_with_a_network_is_not_warned()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var network = new OutsideProject("network.csproj", Library, Network);
        string reference = $"<ItemGroup><ProjectReference Include=\"{network.Folder}/network.csproj\" /><PackageReference Remove=\"RnnGen\" /></ItemGroup>";
        var project = new OutsideProject(
            "outside.vbproj",
            BuildDiagnosticTests.Example("RNN210", 1).Replace("<ProjectReference Include=\"../Digits/Digits.csproj\" />", "", StringComparison.Ordinal),
            "code.vb\nPublic Class Code\n    Public Shared Size As Integer = Net.InputSize\nEnd Class\n",
            "Directory.Build.targets\n<Project>" + reference + "</Project>");
        Assert.Empty(project.Run("build").Succeeded().Messages("RNN210"));
    }

    /// <summary>The weights are a resource, or constant data where NativeAOT may compile the project.</summary>
    [SkippableTheory]
    [InlineData("false", "RnnGen.Weights/digits.safetensors")]
    [InlineData("true", "")]
    public void A_program_runs_with_the_weights_in_it_and_a_clean_leaves_no_copy_of_them(string publishAot, string resources)
    {
        string[] sample = ["src", "Samples", "Embedded", "Digits"];
        var project = new OutsideProject(
            "outside.csproj",
            $"""
            {Library}
            <PropertyGroup><OutputType>Exe</OutputType><PublishAot>{publishAot}</PublishAot></PropertyGroup>
            <ItemGroup><AdditionalFiles Include="digits.safetensors" /></ItemGroup>
            """,
            Program,
            Repository.PathOf([.. sample, "DigitRecognizer.cs"]),
            Repository.PathOf([.. sample, "digits.safetensors"]));
        project.Run("build").Succeeded();
        Execution run = project.Start().Succeeded();

        using RnnGen.Samples.Embedded.DigitRecognizer network = RnnGen.Samples.Embedded.DigitRecognizer.CreateDefault();
        float[] output = new float[RnnGen.Samples.Embedded.DigitRecognizer.OutputSize];
        network.Step(new float[RnnGen.Samples.Embedded.DigitRecognizer.InputSize], output);
        Assert.Equal($"{BitConverter.SingleToUInt32Bits(output[0])} {resources}\n", run.Output);

        Assert.NotEmpty(project.FindWeightFiles());
        project.Run("clean").Succeeded();
        Assert.Empty(project.FindWeightFiles());

        // An application keeps its cultures.
        if (publishAot == "true")
            Assert.DoesNotContain(BareMachineTests.Invariant, project.WriteIlcArguments());
    }

    [SkippableFact]
    public void Exports_without_NativeAOT_are_warned_of_and_nothing_else()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var project = new OutsideProject("outside.csproj", Library + BuildDiagnosticTests.Example("RNN207", 0), Network);
        string warning = Assert.Single(project.Run("publish").Succeeded().Messages("RNN207"));
        Assert.Contains("outside has a network with [NativeExport], but is published without NativeAOT", warning, StringComparison.Ordinal);
        Assert.Empty(project.Run("build").Succeeded().Messages("RNN207"));

        string other = Network.Replace("[RnnGen.NativeExport(\"net\")]\n", "", StringComparison.Ordinal);
        Assert.Empty(new OutsideProject("outside.csproj", Library, other).Run("publish").Succeeded().Messages("RNN207"));
    }

    [SkippableFact]
    public void The_cure_of_exports_without_NativeAOT_makes_a_native_library()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var project = new OutsideProject("outside.csproj", Library + BuildDiagnosticTests.Example("RNN207", 1), Network);
        Assert.NotEmpty(project.WriteIlcArguments());
    }

    [SkippableFact]
    public void A_native_library_for_no_machine_is_an_error_and_the_only_one()
    {
        var project = new OutsideProject("outside.csproj", Library + BuildDiagnosticTests.Example("RNN208", 0), Network);
        Publication publication = project.Run("publish");
        Assert.NotEqual(0, publication.ExitCode);
        string error = Assert.Single(publication.Messages("RNN208"));
        Assert.Contains("outside is published as a native library, which is for one platform, but names no platform", error, StringComparison.Ordinal);
        Assert.Contains("publish it with -r linux-", error, StringComparison.Ordinal);
        Assert.DoesNotContain("error NETSDK", publication.Output, StringComparison.Ordinal);
    }

    /// <summary>The project is the cure of RNN208.</summary>
    [SkippableFact]
    public void A_native_library_for_this_machine_is_made_and_without_optimisation_warned_of()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        string[] upToNativeCode = ["-t:WriteIlcRspFileForCompilation", "-p:_IsPublishing=true"];
        var project = new OutsideProject("outside.csproj", Library + BuildDiagnosticTests.Example("RNN208", 1), Network);
        Publication optimised = project.Run("build", upToNativeCode).Succeeded();
        Assert.Empty(optimised.Messages("RNN208"));
        Assert.Empty(optimised.Messages("RNN209"));
        Assert.NotEmpty(project.ReadIlcArguments());
        string warning = Assert.Single(project.Run("build", ["-c", "Debug", .. upToNativeCode]).Succeeded().Messages("RNN209"));
        Assert.Contains("outside is compiled without optimisation (Debug)", warning, StringComparison.Ordinal);

        var cured = new OutsideProject("outside.csproj", Library + BuildDiagnosticTests.Example("RNN209", 1), Network);
        Assert.Empty(cured.Run("build", ["-c", "Debug", .. upToNativeCode]).Succeeded().Messages("RNN209"));
    }
}
