using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>A network of four layers stays within 250 KB of code, whether RnnGen ships its layers or a user has written them. Time is for the benchmarks to measure.</summary>
public sealed class SourceSizeTests
{
    private const int Limit = 250 * 1024;

    private static readonly string Cell = Repository.Read("tests", "RnnGen.Tests.Networks", "Cells", "Vocabulary", "LstmAttribute.cs").Insert(0, "using System; using RnnGen;\n");

    [Theory]
    [InlineData("[Lstm(128)] [Lstm(128)] [Gru(64)] [Dense(10)]")]
    [InlineData("[Lstm(100)] [Gru(33)] [Rnn(17)] [Dense(7)]")]
    [InlineData("[Lstm(512)] [Lstm(512)] [Lstm(512)] [Dense(10)]")]
    [InlineData("[Own(128)] [Own(128)] [Own(128)] [Own(128)]")]
    public void Four_layers_stay_within_the_limit(string layers)
    {
        string network = $"using RnnGen; [Network(40)] {layers.Replace("Own(", "RnnGen.Tests.Cells.Vocabulary.Lstm(", StringComparison.Ordinal)} public sealed partial class Net;";
        var project = GeneratorRun.Generate(new GeneratorSetup(), network, Cell);
        var sources = project.SyntaxTrees.Skip(2).ToList();

        Assert.Contains(sources, source => source.FilePath.EndsWith("Net.Avx512.Training.g.cs", StringComparison.Ordinal));
        Assert.InRange(sources.Sum(source => source.GetText().Length), 50 * 1024, Limit);
    }

    /// <summary>What the layers compute decides, not who has written them.</summary>
    [Theory]
    [InlineData("128")]
    [InlineData("128, Peephole = true, Projection = 64")]
    public void A_layer_as_equations_takes_what_the_built_in_one_takes(string arguments)
    {
        int[] lengths = [.. new[] { "Lstm", "RnnGen.Tests.Cells.Vocabulary.Lstm" }.Select(layer => GeneratorRun
            .Generate(new GeneratorSetup(), $"using RnnGen; [Network(40)] {string.Concat(Enumerable.Repeat($"[{layer}({arguments})]", 4))} public sealed partial class Net;", Cell)
            .SyntaxTrees.Where(source => source.FilePath.Contains("Net.", StringComparison.Ordinal)).Sum(source => source.GetText().Length))];

        Assert.InRange(lengths[1], lengths[0], lengths[0] * 1.02);
    }
}
