using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;

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
}
