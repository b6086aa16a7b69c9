using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RnnGen.Aot.Tests.Build;

/// <summary>Weights of any name and of other networks, on their whole way: the project file, the build, the compiler, the program.</summary>
[Collection(AotCollection.Programs)]
public sealed class WeightNameTests
{
    /// <summary>Names with characters that mean something to MSBuild, to the compiler's options, to its configuration files or to C#.</summary>
    private static readonly string[] Names =
    [
        .. new[]
        {
            "plain", "it's", "a#b", "a;b", "a%41b", "a%3Bb", "a=b", "[a]", "{a}", "a,b", "a*b", "a?b", "!a", "a b", " first", "last ", "größe", "名前",
            "a&b", "a@b", "$(a)", "@(a)", "%(a)", "(a)", "a+b", "-a", "~a", "a`b", "<a>", "a:b", "a..b", "a^b", "😀", "#'; [a]{b},c",
        }.Where(name => name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0),
    ];

    [SkippableFact]
    public void Weights_are_embedded_whatever_the_file_is_called()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        string program = Project(Names.Select((name, index) => ($"N{index}", $"weights/{name}.safetensors", "")), "");
        Publication built = Publication.ForTheJit(program).Succeeded();
        Execution execution = Execution.Run(built["Named"], []);
        Assert.Equal(string.Concat(Names.Select((_, index) => $"{index}\n")), execution.Output.ReplaceLineEndings("\n"));
    }

    [SkippableFact]
    public void Weights_of_a_network_that_computes_something_else_are_an_error_that_can_be_suppressed()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        const string architecture = "Network(InputSize = 2); Dense(Activation = Relu, Units = 1)";
        string program = Project([("Net", "weights/relu.safetensors", architecture)], "");
        Publication refused = Publication.ForTheJit(program);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "computes something else: expected Dense(Units = 1), got Dense(Activation = Relu, Units = 1)",
            Assert.Single(refused.Messages("RNN063")),
            StringComparison.Ordinal);

        program = Project([("Net", "weights/relu.safetensors", architecture)], "<NoWarn>$(NoWarn);RNN063</NoWarn>");
        Publication suppressed = Publication.ForTheJit(program).Succeeded();
        Assert.Equal("0", Execution.Run(suppressed["Named"], []).Output.Trim());
    }

    /// <summary>
    /// A project with networks, each with a file of weights whose bias is its place among them: the program tells what each network answers. Files are found
    /// as a pattern finds them.
    /// </summary>
    /// <returns>The project file.</returns>
    private static string Project(IEnumerable<(string Class, string Weights, string Architecture)> networks, string property)
    {
        string folder = TemporaryFolder.New("named");
        Directory.CreateDirectory(Path.Combine(folder, "weights"));
        var (program, classes) = (new StringBuilder("using RnnGen;\nfloat[] output = new float[1];\n"), new StringBuilder());
        foreach (var (index, (name, weights, architecture)) in networks.Index())
        {
            File.WriteAllBytes(Path.Combine(folder, weights), Weights(index, architecture));
            program.Append(CultureInfo.InvariantCulture, $"using (var network = {name}.CreateDefault())\n    network.Step([0, 0], output);\n")
                .Append("System.Console.WriteLine(output[0]);\n");
            classes.Append(CultureInfo.InvariantCulture, $"[Network(2, Weights = \"{weights}\")] [Dense(1)] sealed partial class {name};\n");
        }

        File.WriteAllText(Path.Combine(folder, "Program.cs"), program.Append(classes).ToString());
        string project = Path.Combine(folder, Path.GetFileName(folder) + ".csproj"); // Projects of one name would share intermediate files.
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <Import Project="{Repository.PathOf("src", "RnnGen", "build", "FromSource.props")}" />
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <AssemblyName>Named</AssemblyName>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                {property}
              </PropertyGroup>
              <ItemGroup>
                <AdditionalFiles Include="weights/*.safetensors" />
              </ItemGroup>
              <Import Project="{Repository.PathOf("src", "RnnGen", "build", "FromSource.targets")}" />
            </Project>
            """);
        return project;
    }

    private static byte[] Weights(int bias, string architecture)
    {
        string metadata = architecture.Length == 0 ? "" : $"\"__metadata__\":{{\"rnngen.architecture.1\":\"{architecture}\"}},";
        byte[] header = Encoding.UTF8.GetBytes("{" + metadata +
            "\"dense0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}," +
            "\"dense0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}");
        byte[] file = new byte[sizeof(ulong) + header.Length + 12];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, sizeof(ulong));
        BinaryPrimitives.WriteSingleLittleEndian(file.AsSpan(file.Length - sizeof(float)), bias);
        return file;
    }
}
