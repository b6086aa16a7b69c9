using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>What is done again after an edit. That an equal source is answered from the cache is asserted in every <see cref="GeneratorRun"/>.</summary>
public sealed class IncrementalityTests
{
    private const string Net = """
        using RnnGen;
        // A comment.
        [Network(20)]
        [Lstm(64)]
        public sealed partial class Net
        {
            public int Bands => 20;
        }
        """;

    private const string Other = "[RnnGen.Network(3)] [RnnGen.Gru(4)] public sealed partial class Other;";

    [Theory]
    [InlineData("A comment", "Another comment")]
    [InlineData("Bands => 20", "Bands => 21")]
    [InlineData("Lstm(64)", "Lstm(8 * 8)")]
    [InlineData("using RnnGen;", "using RnnGen; using System;")]
    [InlineData("sealed ", "")]
    public void An_edit_that_leaves_the_spec_alone_generates_nothing_anew(string before, string after)
    {
        var (specs, outputs) = Edit(Net, Net.Replace(before, after));

        Caching.AssertCached(specs, outputs);
    }

    [Theory]
    [InlineData("Lstm(64)", "Lstm(65)")]
    [InlineData("[Network(20)]", "[Network(20, Training = false)]")]
    [InlineData("class Net", "class Neat")]
    [InlineData("[Lstm(64)]", "[Lstm(64)] [Dense(3)]")]
    [InlineData("[Lstm(64)]", "[Lstm(64)] [NativeExport(\"net\")]")]
    public void An_edit_of_the_spec_generates_that_network_anew_and_no_other(string before, string after)
    {
        var (specs, outputs) = Edit(Net, Net.Replace(before, after));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], specs);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], outputs);
    }

    [Fact]
    public void An_edit_of_another_file_generates_nothing_anew()
    {
        var (specs, outputs) = Edit("class Unrelated;", "class Unrelated { int _x; }", Net);

        Caching.AssertCached(specs, outputs);
    }

    [Fact]
    public void An_error_removes_the_files_and_its_cure_brings_them_back()
    {
        var setup = new GeneratorSetup();
        var good = setup.Compile(Net);
        var bad = good.ReplaceSyntaxTree(good.SyntaxTrees[0], Parse(Net.Replace("64", "-64"), setup));

        var driver = setup.CreateDriver().RunGenerators(good);
        var first = driver.GetRunResult().GeneratedTrees.Length;
        driver = driver.RunGenerators(bad);
        Assert.Empty(driver.GetRunResult().GeneratedTrees);
        Assert.Equal(first, driver.RunGenerators(good).GetRunResult().GeneratedTrees.Length);
        Assert.NotEqual(0, first);
    }

    [Fact]
    public void What_stands_beside_a_network_is_looked_at_anew()
    {
        var setup = new GeneratorSetup();
        var input = setup.Compile(Net);

        var driver = setup.CreateDriver().RunGenerators(setup.Compile(Net, "namespace RnnGen.Runtime { class Scratch; }"));
        Assert.Empty(driver.GetRunResult().GeneratedTrees);
        Assert.NotEmpty(driver.RunGenerators(input).GetRunResult().GeneratedTrees);
    }

    [Fact]
    public void A_symbol_deep_in_the_cache_would_be_found()
    {
        var compilation = new GeneratorSetup().Compile(Net);
        object[] forbidden = [compilation, compilation.Assembly, compilation.SyntaxTrees[0], compilation.SyntaxTrees[0].GetRoot(), Location.None];

        Assert.All(forbidden, value => Assert.Throws<Xunit.Sdk.FalseException>(() => Caching.AssertHoldsNoSymbols(Hiding(value))));
        Caching.AssertHoldsNoSymbols(Hiding(3.5));

        static object Hiding(object value) => new { Layers = new List<object> { "text", 1, (2, value) } };
    }

    /// <summary>Why the steps ran when the first of the files changed.</summary>
    private static (IEnumerable<IncrementalStepRunReason> Specs, IEnumerable<IncrementalStepRunReason> Outputs) Edit(
        string before, string after, params string[] more)
    {
        Assert.NotEqual(before, after);
        var setup = new GeneratorSetup();
        var input = setup.Compile([before, Other, .. more]);
        var driver = setup.CreateDriver().RunGenerators(input);
        var result = driver.RunGenerators(input.ReplaceSyntaxTree(input.SyntaxTrees[0], Parse(after, setup))).GetRunResult().Results.Single();
        Caching.AssertHoldsNoSymbols(result);
        return (Caching.SpecReasons(result), Caching.OutputReasons(result));
    }

    private static SyntaxTree Parse(string source, GeneratorSetup setup) => CSharpSyntaxTree.ParseText(source, setup.ParseOptions, "User0.cs");
}
