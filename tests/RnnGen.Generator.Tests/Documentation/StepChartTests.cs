using RnnGen.Benchmarks.Quick;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Documentation;

public sealed class StepChartTests
{
    // The command that draws it: see benchmarks/README.md.
    private const string Caption = "AMD EPYC (Zen 5), AVX-512, one thread, .NET 10; minima, state carried over between calls; each network is followed by Dense(1)";

    [Fact]
    public void The_picture_of_the_readme_is_drawn_from_the_committed_table()
    {
        string report = Repository.Read("benchmarks", "RnnGen.Benchmarks", "Results", "AMD-EPYC-Zen5", "Avx512.md");
        Assert.Equal(Repository.Read("docs", "images", "step-latency.svg").ReplaceLineEndings("\n"), StepChart.Of(report, Caption));
    }
}
