using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Weights that are part of the assembly: their header against the network, at compile time.</summary>
public sealed class WeightsTests
{
    private const string Weight = "\"dense0.weight\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}";
    private const string Bias = "\"dense0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}";

    [Theory]
    [InlineData("{" + Weight + "," + Bias + "}")]
    [InlineData(" {\n" + Bias + " ,\t" + Weight + "}   ")]
    [InlineData("{" + Weight + "," + Bias + "}\n12\n")]
    [InlineData("{\"__metadata__\":{\"by\":\"a \\\"b\\\" \\u00e9\"}," + Weight + "," + Bias + "}")]
    [InlineData("{\"dense\\u0030.weight\":{\"shape\":[1,2],\"more\":[{\"a\":-1.5e3},true,null],\"dtype\":\"F32\"}," + Bias + "}")]
    public void Headers_that_fit(string header) => Assert.Empty(Messages(header));

    [Theory]
    [InlineData("{" + Weight + "}", "tensor 'dense0.bias': expected F32 [1], got none of this name")]
    [InlineData("{}", "tensor 'dense0.weight': expected F32 [1, 2], got none of this name", "tensor 'dense0.bias': expected F32 [1], got none of this name")]
    [InlineData("{" + Weight + "," + Bias + ",\"x\":{\"dtype\":\"F16\",\"shape\":[]}}", "tensor 'x': expected no tensor of this name, got F16 []")]
    [InlineData("{" + Weight + ",\"dense0.bias\":{\"dtype\":\"F16\",\"shape\":[1]}}", "tensor 'dense0.bias': expected F32 [1], got F16 [1]")]
    [InlineData("{" + Weight + ",\"dense0.bias\":{\"dtype\":\"F32\",\"shape\":[1,1]}}", "tensor 'dense0.bias': expected F32 [1], got F32 [1, 1]")]
    public void Headers_of_other_networks(string header, params string[] endings)
    {
        var messages = Messages(header);
        Assert.Equal(endings.Length, messages.Count);
        Assert.All(messages.Zip(endings), pair => Assert.EndsWith(pair.Second, pair.First, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Network(InputSize = 2); Dense(Units = 1)")]
    [InlineData("Network(InputSize = 2); Dense(Activation = Tanh, Units = 1)", "expected Dense(Units = 1), got Dense(Activation = Tanh, Units = 1)")]
    [InlineData("Network(InputSize = 2); Dense(Units = 1); LastStep", "expected no further layer, got LastStep")]
    [InlineData("Network(OneHot = 2)", "expected Network(InputSize = 2), got Network(OneHot = 2)")]
    [InlineData("", "expected Network(InputSize = 2), got ")]
    public void What_the_file_s_network_computes(string architecture, string? difference = null)
    {
        var run = Run("a.safetensors", Saved(architecture));

        Assert.Equal(difference is null ? [] : ["RNN063"], run.Ids);
        Assert.All(
            run.Diagnostics,
            diagnostic => Assert.Contains($"computes something else: {difference}; ", diagnostic.GetMessage(), StringComparison.Ordinal));
        Assert.NotEmpty(run.Sources); // So that RNN063 can be suppressed.
    }

    [Fact]
    public void Where_tensors_do_not_fit_that_is_what_is_said()
    {
        Assert.Equal(["RNN061"], Run("a.safetensors", Saved("Network(InputSize = 3); Dense(Units = 1)").Replace("[1,2]", "[1,3]")).Ids);
    }

    [Fact]
    public void What_training_alone_knows_does_not_matter()
    {
        var weights = new Dictionary<string, string> { ["a.safetensors"] = Saved("Network(InputSize = 2); Dense(Units = 1)") };
        const string Network = "[RnnGen.Network(2, Weights = \"a.safetensors\", Deterministic = true)] [RnnGen.Dense(1)] [RnnGen.Dropout(0.5f)]";

        Assert.Empty(GeneratorRun.Of(new GeneratorSetup { Weights = weights }, Network + " partial class Net;").Ids);
    }

    /// <summary>What is advised is not what is there already, and works.</summary>
    [Theory]
    [InlineData("b.safetensors", "write <AdditionalFiles Include=\"b.safetensors\" /> in the project file, with the same path")]
    [InlineData(
        "it's 1;#[x],y%41&z.safetensors",
        "write <AdditionalFiles Include=\"it%27s 1%3B#[x],y%2541&amp;z.safetensors\" /> in the project file, with the same path")]
    [InlineData(" b.safetensors", "write <AdditionalFiles Include=\"%20b.safetensors\" /> in the project file, with the same path")]
    [InlineData("./models/A.safetensors", "write Weights = \"models/a.safetensors\", as in the project file")]
    [InlineData("models\\a.safetensors", "write Weights = \"models/a.safetensors\", as in the project file")]
    [InlineData("a.bin", "give the file a name that ends with .safetensors")]
    [InlineData("a\"b.safetensors", "give the file a name without quotation marks, |, backslashes and control characters")]
    public void Advice_for_a_file_that_is_not_there(string path, string advice)
    {
        var setup = new GeneratorSetup { Weights = new Dictionary<string, string> { ["models/a.safetensors"] = "{}" } };
        string literal = Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(path, quote: true);
        var run = GeneratorRun.Of(setup, $"[RnnGen.Network(2, Weights = {literal})] [RnnGen.Dense(1)] partial class Net;");

        Assert.EndsWith("; " + advice, Assert.Single(run.Diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected more, got the end at character 0")]
    [InlineData("[]", "expected '{', got '[' at character 1")]
    [InlineData("{\"a\"}", "expected ':', got '}' at character 5")]
    [InlineData("{\"a\":1}", "expected '{', got '1' at character 6")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"}}", "expected a dtype and a shape for 'a', got no shape")]
    [InlineData("{\"a\":{\"shape\":[]}}", "expected a dtype and a shape for 'a', got no dtype")]
    [InlineData("{\"a\":{\"shape\":[-1]}}", "expected a whole number, got -1 at character 17")]
    [InlineData("{\"a\":{\"shape\":[1,]}}", "expected a whole number, got none at character 17")]
    [InlineData("{\"a\":{\"shape\":[99999999999999999999]}}", "expected a whole number, got 99999999999999999999 at character 35")]
    [InlineData("{\"a\":{\"dtype\":\"F", "expected more, got the end at character 16")]
    [InlineData("{\"a\":{\"dtype\":\"\\x\"}}", "expected an escape, got 'x' at character 17")]
    [InlineData("{\"a\":{\"dtype\":\"\\u12\"}}", "expected four hexadecimal digits, got '12\"}' at character 21")]
    [InlineData("{\"a\":{\"x\":[[[[[[[[", "expected at most 8 levels of lists and objects, got more at character 17")]
    [InlineData("{\"a\":{\"x\":,}}", "expected a value, got ',' at character 11")]
    [InlineData("{\"__metadata__\":5}", "expected '{', got '5' at character 17")]
    [InlineData("{} x", "expected a whole number, got x at character 4")]
    [InlineData("{} 0 x", "expected the end, got 'x' at character 5")]
    [InlineData("{} 1", "expected 0 bytes of data behind it, got 1")]
    [InlineData("{" + Weight + "," + Bias + "}\n11\n", "expected 12 bytes of data behind it, got 11")]
    [InlineData("{" + Weight + "," + Weight + "}", "expected one entry 'dense0.weight', got a second")]
    public void Headers_that_are_damaged(string header, string ending) =>
        Assert.EndsWith(ending, Assert.Single(Messages(header)), StringComparison.Ordinal);

    [Fact]
    public void The_default_network_names_its_file_as_it_is()
    {
        var run = Run("a \"b\"\\c.safetensors", "{" + Weight + "," + Bias + "}").AssertCompiles();

        Assert.Contains(run.Sources, file => file.Source.Contains("""LoadEmbedded(typeof(Net).Assembly, "a \"b\"\\c.safetensors")""", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_weights_there_is_no_default_network() => Assert.DoesNotContain(
        GeneratorRun.Of("[RnnGen.Network(2)] [RnnGen.Dense(1)] partial class Net;").Sources,
        file => file.Source.Contains("CreateDefault", StringComparison.Ordinal));

    /// <summary>A header as the library writes it.</summary>
    private static string Saved(string architecture) =>
        $"{{\"__metadata__\":{{\"format\":\"pt\",\"rnngen.architecture.1\":\"{architecture}\"}},{Weight},{Bias}}}";

    private static List<string> Messages(string header) => [.. Run("a.safetensors", header).Diagnostics.Select(diagnostic => diagnostic.GetMessage())];

    private static GeneratorRun Run(string path, string header)
    {
        var setup = new GeneratorSetup { Weights = new Dictionary<string, string> { [path] = header } };
        string literal = Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(path, quote: true);
        return GeneratorRun.Of(setup, $"[RnnGen.Network(2, Weights = {literal})] [RnnGen.Dense(1)] partial class Net;");
    }
}
