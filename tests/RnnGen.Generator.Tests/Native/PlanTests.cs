using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Generator.Emit;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Native;

/// <summary>Which functions C gets, and that what is said in several places is one thing.</summary>
public sealed partial class PlanTests
{
    /// <summary>The generator has the file that declares them, and so has the runtime; a header is held against what a program loads.</summary>
    [Fact]
    public void The_header_has_the_codes_of_the_runtime()
    {
        var runtime = typeof(NetworkAttribute).Assembly.GetType("RnnGen.Runtime.NativeStatus", throwOnError: true)!;
        string header = NativeHeaderEmitter.Emit(Plan("Lstm Units=4"));

        Assert.Equal(
            Enum.GetValues(runtime).Cast<Enum>().Select(status => Convert.ToInt32(status, CultureInfo.InvariantCulture)),
            Code().Matches(header).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Each_operation_is_a_function() => Assert.Equal(
        Enum.GetValues<NativeOperation>(), Plan("Lstm Units=4", hasDefaultWeights: true).Functions.Select(function => function.Operation));

    [Theory]
    [InlineData("Lstm Units=4", true)]
    [InlineData("Lstm Units=4 Direction=Reverse", false)]
    public void A_network_with_a_layer_in_reverse_has_no_step(string layer, bool steps) =>
        Assert.Equal(steps, Plan(layer).Functions.Any(function => function.Operation == NativeOperation.Step));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_with_weights_of_its_own_is_made_without_a_file(bool hasDefaultWeights)
    {
        const string Declaration = "NET_API int NET_CALL net_create_default(net **network);";
        var plan = Plan("Lstm Units=4", hasDefaultWeights);

        Assert.Equal(hasDefaultWeights, plan.Functions.Any(function => function.Body is NativeBody.NetworkCall { MakesDefault: true }));
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

    [GeneratedRegex(@"^//\|     NET_\w+ = (\d+),? /\*", RegexOptions.Multiline)]
    private static partial Regex Code();
}
