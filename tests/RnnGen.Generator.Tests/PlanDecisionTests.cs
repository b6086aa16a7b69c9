using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests;

/// <summary>Decisions of plans that change no result of the networks in other tests: what is reduced, what is multiplied at once, in which order.</summary>
public sealed class PlanDecisionTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Float32")]
    public void Weights_that_are_floats_have_no_copies_in_less_precision(string? precision) => Assert.False(Plan(64, precision, "Lstm Units=64").IsReduced);

    [Fact]
    public void Several_steps_are_multiplied_at_once_only_where_no_stage_is_reduced()
    {
        string[] layers = ["Dense Units=256", "Dense Units=5", "Dense Units=4"];
        var reduced = Plan(64, "Int8", layers);

        Assert.NotNull(Plan(64, null, layers).Run.FewestSteps);
        Assert.Equal([true, false], reduced.Parts.SelectMany(part => part.Stages).Select(stage => stage.Reduced is not null).Distinct());
        Assert.Null(reduced.Run.FewestSteps);
    }

    /// <summary>Going back over the blocks at every other step finds in the first cache what the last step read last.</summary>
    [Theory]
    [InlineData("Lstm Units=24", false)]
    [InlineData("Lstm Units=128", true)]
    public void Steps_go_back_and_forth_where_weights_exceed_the_first_cache(string layer, bool alternates) => Assert.All(
        Plan(3, null, layer).Targets, target => Assert.All(target.Steps.Values, tile => Assert.Equal(alternates, tile.Alternates)));

    private static NetworkPlan Plan(int inputSize, string? precision, params string[] layers) =>
        NetworkPlanner.Plan(Cases.Spec(inputSize, layers) with { Precision = precision }, TestCatalogue.All);
}
