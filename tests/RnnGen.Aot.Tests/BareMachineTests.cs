using System.Globalization;
using Xunit.Abstractions;

namespace RnnGen.Aot.Tests;

/// <summary>The library of a user's project where nothing is but the C library: no ICU, which .NET ends the process without when it needs a culture.</summary>
[Collection(AotCollection.Libraries)]
public sealed class BareMachineTests(ITestOutputHelper log)
{
    internal const string Invariant = "--feature:System.Globalization.Invariant=true";
    private const string Library = """
        <PropertyGroup>
          <TargetFramework>net10.0</TargetFramework>
          <PublishAot>true</PublishAot>
          <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
          <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
          <RnnGenTarget>portable</RnnGenTarget>
        </PropertyGroup>
        """;

    private const string Weights = """
        <ItemGroup>
          <AdditionalFiles Include="digits.safetensors" />
        </ItemGroup>
        """;

    /// <summary>Only where the library has cultures.</summary>
    private const string WithMessages = """
        <ItemGroup Condition="'$(InvariantGlobalization)' != 'false'">
          <Compile Remove="Messages.cs" />
        </ItemGroup>
        """;

    private const string Messages = """
        9 input: expected a class from 0 to 4, got -7 at index 0
        0 -3 outputs: largest difference -0.5, mean 1E-05, RMS 0.25 (150 % of the outputs'), the same largest output in 12.50 %
        0 Sgd(learningRate: 0.5, momentum: 0, nesterov: False, weightDecay: 0)

        """;

    private static readonly Shared<OutsideProject> Project =
        new(() => new OutsideProject("outside.csproj", Library + Weights + WithMessages, Network, WeightsFile, Caller("Messages.cs")));

    private static string WeightsFile => Repository.PathOf("src", "Samples", "Embedded", "Digits", "digits.safetensors");

    private static string Network => Repository.PathOf("src", "Samples", "Embedded", "Digits", "DigitRecognizer.cs");

    /// <summary>Every function and every kind of mistake, and the line about kernels.</summary>
    [SkippableFact]
    public void C_gets_the_bits_and_the_codes_without_ICU()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Publication publication = Project.Value.Run("publish").Succeeded();
        Assert.Contains(Invariant, Project.Value.ReadIlcArguments());

        // The library has the assembly's name, the header the prefix of its functions.
        IEnumerable<string?> published = Directory.GetFiles(publication.Folder).Select(Path.GetFileName);
        Assert.Equal(["digits.h", "outside.so", "outside.so.dbg"], published.Order(StringComparer.Ordinal));

        BareRoot root = Check(publication, Compile("start.c", "-std=gnu99", publication));
        double size = new FileInfo(publication["outside.so"]).Length / 1024.0 / 1024.0;
        string measured = root.Run("/start").Succeeded().Output;
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"library {size:F2} MiB; first answer and memory: {measured}"));
    }

    /// <summary>The library has cultures, and whoever asks for one there ends the process: RnnGen does not.</summary>
    [SkippableFact]
    public void RnnGen_itself_asks_for_no_culture()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Publication publication = Project.Value.Run("publish", "-p:InvariantGlobalization=false").Succeeded();
        Assert.DoesNotContain(Invariant, Project.Value.ReadIlcArguments());
        BareRoot root = Check(publication, Compile("messages.c", "-std=c99", publication));
        Assert.Equal(Messages, root.Run("/messages").Succeeded().Output);
        Assert.NotEqual(0, root.Run("/messages", "culture").ExitCode);
    }

    /// <summary>Runs the caller in a root without ICU.</summary>
    /// <returns>The root, with another program in it.</returns>
    private static BareRoot Check(Publication publication, string program)
    {
        var root = new BareRoot(Compile("caller.c", "-std=c99", publication), program, publication["outside.so"], WeightsFile);
        Execution run = root.Run("/caller", "/digits.safetensors").Succeeded();
        Assert.Equal(CallerTests.Expected(), run.Output);
        if (RnnGen.Simd.Best > InstructionSet.Portable)
            Assert.StartsWith("RnnGen: this program runs the Portable kernels", run.Errors, StringComparison.Ordinal);
        return root;
    }

    [SkippableFact]
    public void A_library_without_a_network_keeps_its_cultures()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var without = new OutsideProject("other.csproj", Library, "other.cs\npublic static class Other { public static int One => 1; }");
        Assert.DoesNotContain(Invariant, without.WriteIlcArguments());
    }

    private static string Caller(string file) => Repository.PathOf("tests", "RnnGen.Aot.Tests", "Projects", "Caller", file);

    private static string Compile(string source, string standard, Publication publication)
    {
        string folder = TemporaryFolder.New("bare"), name = Path.GetFileNameWithoutExtension(source);
        Toolchain.Compile(
            folder, [.. CallerTests.Strict, standard, $"-I{publication.Folder}", Caller(source), publication["outside.so"], "-Wl,-rpath,/", "-o", name]);
        return Path.Combine(folder, name);
    }
}
