using RnnGen.Generator.Emit;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.TestCells;
using RnnGen.Runtime;

namespace RnnGen.Generator.Tests.Native;

/// <summary>Which functions C gets, and that what is said in several places is one thing.</summary>
public sealed class PlanTests
{
    [Fact]
    public void The_codes_are_those_of_the_runtime() => Assert.Equal(
        Enum.GetValues<NativeStatus>().Select(status => (status.ToString(), (int)status)), NativePlanner.Codes.Select(code => (code.Member, code.Value)));

    [Fact]
    public void The_names_that_prefixes_are_held_against_are_those_of_the_functions()
    {
        var names = Plan("Lstm Units=4", hasDefaultWeights: true).Functions.Select(function => function.Member).Append(NativeNames.Status);

        Assert.Equal(NativeNames.All.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Lstm Units=4", true)]
    [InlineData("Lstm Units=4 Direction=Reverse", false)]
    public void A_network_with_a_layer_in_reverse_has_no_step(string layer, bool steps) =>
        Assert.Equal(steps, Plan(layer).Functions.Any(function => function.Name == "net_step"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_with_weights_of_its_own_is_made_without_a_file(bool hasDefaultWeights)
    {
        const string Body = "CreateDefault(static () => Net.CreateDefault(), network)", Declaration = "NET_API int NET_CALL net_create_default(net **network);";
        var plan = Plan("Lstm Units=4", hasDefaultWeights);

        Assert.Equal(hasDefaultWeights, plan.Functions.Any(function => function.Body.EndsWith(Body, StringComparison.Ordinal)));
        Assert.Equal(hasDefaultWeights, NativeHeaderEmitter.Emit(plan).Contains(Declaration, StringComparison.Ordinal));
        Assert.Equal(hasDefaultWeights, NativeLoaderEmitter.Emit(plan).Contains("net_loader_calls.create_default(network)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_that_is_not_exported_has_no_functions() =>
        Assert.Null(NativePlanner.Plan(NetworkPlanner.Plan(Cases.Spec(3, "Lstm Units=4"), TestCatalogue.All)));

    private static NativePlan Plan(string layer, bool hasDefaultWeights = false)
    {
        var spec = Cases.Spec(3, layer) with { NativePrefix = "net", Weights = hasDefaultWeights ? "net.safetensors" : null };
        return NativePlanner.Plan(NetworkPlanner.Plan(spec, TestCatalogue.All))!;
    }
}
