using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>What is decided about small networks before a line is printed.</summary>
[UsesVerify]
public sealed class PlanTests
{
    [Theory]
    [InlineData("ManyToOneLstm", "Lstm Units=20", "LastStep", "Dense Units=2 Activation=Softmax")]
    [InlineData("SeveralStages", "Gru Units=5 Reset=BeforeProduct", "Lstm Units=9 Projection=3")]
    [InlineData("BothDirections", "Gru Units=5 Direction=Bidirectional", "Lstm Units=5 Direction=Bidirectional Merge=Sum", "Dense Units=2", "Skip")]
    [InlineData("PoolingAndPast", "Conv1D Units=5 KernelSize=3 Dilation=2", "Dropout Rate=0.5", "MeanPool", "Dense Units=2")]
    public Task Of(string name, params string[] layers) => Snapshot.Match(PlanText.Write(Cases.Plan(3, layers)), caseName: name);

    /// <summary>What is small stays as it is: the third layer, and a few columns beside many.</summary>
    [Theory]
    [InlineData("BFloat16")]
    [InlineData("Int8")]
    public Task Reduced(string precision)
    {
        var spec = Cases.Spec(3, "Lstm Units=40", "Gru Units=20 Reset=BeforeProduct", "Dense Units=5") with { Precision = precision };
        return Snapshot.Match(PlanText.Write(NetworkPlanner.Plan(spec, TestCatalogue.All)), caseName: precision);
    }
}
