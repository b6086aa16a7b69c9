using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Native;

/// <summary>Which prefixes C can take, alone and beside each other, and which networks it cannot have.</summary>
public sealed class PrefixTests
{
    private const string Layers = "[Network(20)] [Lstm(64)] ";

    [Theory]
    [InlineData("Net1_x")]
    [InlineData("a")]
    [InlineData("digits2_step")]
    [InlineData("", "RNN050")]
    [InlineData("2digits", "RNN050")]
    [InlineData("_digits", "RNN050")]
    [InlineData("digits_", "RNN050")]
    [InlineData("my__digits", "RNN050")]
    [InlineData("di-gits", "RNN050")]
    [InlineData("di gits", "RNN050")]
    [InlineData("dígits", "RNN050")]
    [InlineData("{0}", "RNN050")]
    [InlineData("register", "RNN050")]
    [InlineData("template", "RNN050")]
    [InlineData("size_t", "RNN050")]
    [InlineData("linux", "RNN050")]
    [InlineData("time", "RNN050")]
    [InlineData("div", "RNN050")]
    [InlineData("unistd", "RNN050")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345", "RNN050")]
    public void Prefixes_in_C(string prefix, params string[] ids) =>
        Assert.Equal(ids, GeneratorRun.Of($"using RnnGen; {Layers} [NativeExport(\"{prefix}\")] partial class Net;").Ids);

    [Theory]
    [InlineData("digits", "digits", "RNN051")]
    [InlineData("digits", "Digits", "RNN051")]
    [InlineData("digits", "digits_step", "RNN051")]
    [InlineData("digits_STATUS", "digits", "RNN051")]
    [InlineData("digits", "digits_stepper")]
    [InlineData("digits", "digitsstep")]
    [InlineData("digits", "")]
    public void Prefixes_of_two_networks(string first, string second, params string[] ids)
    {
        // In two files, of which the later one is told, whatever is looked at first.
        var run = GeneratorRun.Of(
            new GeneratorSetup(),
            $"using RnnGen; {Layers} [NativeExport(\"{first}\")] partial class Net;",
            $"namespace A; using RnnGen; {Layers} [NativeExport(\"{second}\")] partial class Net;");

        Assert.Equal(second.Length == 0 ? ["RNN050"] : ids, run.Ids);
        Assert.All(run.Diagnostics, diagnostic => Assert.Equal("User1.cs", diagnostic.Location.SourceTree!.FilePath));
    }

    [Theory]
    [InlineData("[NativeExport(\"digits\")] partial class Net;", "RNN052")]
    [InlineData("[NativeExport(\"digits\")] [Lstm(4)] partial class Net;", "RNN006")]
    [InlineData("@ partial class Net<T>;", "RNN053")]
    [InlineData("public partial class Outer<T> { @ partial class Net; }", "RNN053")]
    [InlineData("public partial interface IOuter<T> { public partial class Inner { @ partial class Net; } }", "RNN053")]
    [InlineData("@ partial class Net { private int NativeEntryPoints; }", "RNN011")]
    public void What_C_cannot_have(string source, params string[] ids) =>
        Assert.Equal(ids, GeneratorRun.Of("using RnnGen; " + source.Replace("@", Layers + "[NativeExport(\"digits\")]")).Ids);
}
