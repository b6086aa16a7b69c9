using System.Globalization;
using Xunit.Abstractions;

namespace RnnGen.Aot.Tests;

/// <summary>The library of a user's project where nothing is but the C library: no ICU, which .NET ends the process without when it needs a culture.</summary>
[Collection(AotCollection.Libraries)]
public sealed class BareMachineTests(ITestOutputHelper log)
{
    private const string Invariant = "--feature:System.Globalization.Invariant=true";
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

    private static string WeightsFile => Repository.PathOf("src", "Samples", "Embedded", "Digits", "digits.safetensors");

    private static string Network => Repository.PathOf("src", "Samples", "Embedded", "Digits", "DigitRecognizer.cs");

    /// <summary>
    /// Every function and every kind of mistake, and the line about kernels. With a culture of the user's own wish it is RnnGen alone that asks for none.
    /// </summary>
    [SkippableTheory]
    [InlineData("")]
    [InlineData("-p:InvariantGlobalization=false")]
    public void C_gets_the_bits_and_the_codes_without_ICU(string argument)
    {
        var project = new OutsideProject("outside.csproj", Library + Weights, Network, WeightsFile);
        Publication publication = project.Run("publish", argument.Length > 0 ? [argument] : []).Succeeded();

        // The library has the assembly's name, the header the prefix of its functions.
        IEnumerable<string?> published = Directory.GetFiles(publication.Folder).Select(Path.GetFileName);
        Assert.Equal(["digits.h", "outside.so", "outside.so.dbg"], published.Order(StringComparer.Ordinal));
        string caller = Compile("caller.c", "-std=c99", publication), start = Compile("start.c", "-std=gnu99", publication);
        var root = new BareRoot(caller, start, publication["outside.so"], WeightsFile);

        Execution run = root.Run("/caller", "/digits.safetensors").Succeeded();
        Assert.Equal(CallerTests.Expected(), run.Output);
        if (RnnGen.Simd.Best > InstructionSet.Portable)
            Assert.StartsWith("RnnGen: this program runs the Portable kernels", run.Errors, StringComparison.Ordinal);

        double size = new FileInfo(publication["outside.so"]).Length / 1024.0 / 1024.0;
        string measured = root.Run("/start").Succeeded().Output;
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{argument} library {size:F2} MiB; first answer and memory: {measured}"));
    }

    [SkippableFact]
    public void Only_a_library_of_a_network_that_leaves_it_open_is_without_cultures()
    {
        var library = new OutsideProject("outside.csproj", Library + Weights, Network, WeightsFile);
        Assert.Contains(Invariant, library.ReadIlcArguments());
        Assert.DoesNotContain(Invariant, library.ReadIlcArguments("-p:InvariantGlobalization=false"));

        var without = new OutsideProject("other.csproj", Library, "other.cs\npublic static class Other { public static int One => 1; }");
        Assert.DoesNotContain(Invariant, without.ReadIlcArguments());

        string main = "main.cs\n_ = RnnGen.Samples.Embedded.DigitRecognizer.InputSize;";
        var program = new OutsideProject("program.csproj", Library + Weights + Executable, Network, WeightsFile, main);
        Assert.DoesNotContain(Invariant, program.ReadIlcArguments());
    }

    private const string Executable = "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>";

    private static string Compile(string source, string standard, Publication publication)
    {
        string folder = TemporaryFolder.New("bare"), name = Path.GetFileNameWithoutExtension(source);
        string file = Repository.PathOf("tests", "RnnGen.Aot.Tests", "Projects", "Caller", source);
        Toolchain.Compile(folder, [.. CallerTests.Strict, standard, $"-I{publication.Folder}", file, publication["outside.so"], "-Wl,-rpath,/", "-o", name]);
        return Path.Combine(folder, name);
    }
}
