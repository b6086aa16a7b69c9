using RnnGen.Generator.Ir.Programs;
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

        Assert.NotNull(Plan(64, null, layers).Run.MinSteps);
        Assert.Equal([true, false], reduced.Parts.SelectMany(part => part.Stages).Select(stage => stage.Reduced is not null).Distinct());
        Assert.Null(reduced.Run.MinSteps);
    }

    /// <summary>Going back over the blocks at every other step finds in the first cache what the last step read last.</summary>
    [Theory]
    [InlineData("Lstm Units=24", false)]
    [InlineData("Lstm Units=128", true)]
    public void Steps_go_back_and_forth_where_weights_exceed_the_first_cache(string layer, bool alternates) => Assert.All(
        Plan(3, null, layer).Targets, target => Assert.All(target.Steps.Values, tile => Assert.Equal(alternates, tile.Alternates)));

    /// <summary>
    /// A block has eight vectors of sums in flight, or as many as divide the units; an eighth of them may be padding for a better cut. Gates end in half a line
    /// where columns begin with a line all the same.
    /// </summary>
    [Theory]
    [InlineData(4, 1, false, 4, 1)]
    [InlineData(5, 1, false, 8, 1)]
    [InlineData(9, 4, true, 16, 1)]
    [InlineData(17, 3, false, 32, 1)]
    [InlineData(20, 4, true, 24, 1)]
    [InlineData(20, 2, true, 24, 1)]
    [InlineData(20, 4, false, 32, 1)]
    [InlineData(40, 4, true, 40, 1)]
    [InlineData(40, 4, false, 48, 1)]
    [InlineData(41, 4, true, 16, 3)]
    [InlineData(96, 1, false, 96, 1)]
    [InlineData(96, 3, false, 32, 3)]
    [InlineData(128, 1, false, 128, 1)]
    [InlineData(144, 1, false, 80, 2)]
    [InlineData(112, 2, true, 16, 7)]
    [InlineData(128, 8, true, 16, 8)]
    public void Units_are_cut_into_blocks(int units, int accumulators, bool inPairs, int blockUnits, int blocks) =>
        Assert.Equal(new Blocking(blockUnits, blocks), Blocking.For(units, accumulators, inPairs));

    /// <summary>A bias of one gate, or a matrix of some, would begin the next column in the middle of a line.</summary>
    [Theory]
    [InlineData("Lstm Units=24", 24)]
    [InlineData("Lstm Units=24 CoupledGates=true", 32)]
    [InlineData("Gru Units=24", 32)]
    [InlineData("Rnn Units=24", 32)]
    [InlineData("Dense Units=24", 32)]
    public void Gates_end_in_half_a_line_where_all_are_fed_in_pairs(string layer, int blockUnits) =>
        Assert.Equal(blockUnits, Plan(3, null, layer).Parts.SelectMany(part => part.Stages).First().Product.Blocking.BlockUnits);

    /// <summary>Columns of a narrow product share vectors; partial sums are as many on every instruction set, or the network's bits would depend on it.</summary>
    [Theory]
    [InlineData(3, 16, "2 × 4 of 4", "4 × 2 of 4", "8 × 1 of 4")]
    [InlineData(3, 12, "1 × 4 of 4", "2 × 2 of 4", "4 × 1 of 4")]
    [InlineData(3, 6, "1 × 2 of 4", "1 × 2 of 4", "2 × 1 of 4")]
    [InlineData(3, 7, "", "", "")]
    [InlineData(8, 16, "2 × 2 of 8", "4 × 1 of 8", "4 × 1 of 4")]
    [InlineData(9, 16, "", "", "")]
    public void Columns_of_a_narrow_product_share_vectors(int outputs, int inputs, string ofAvx512, string ofAvx2, string ofPortable)
    {
        var targets = Plan(inputs, null, $"Dense Units={outputs}").Targets;

        Assert.Equal([ofAvx512, ofAvx2, ofPortable], targets.Select(target => target.Steps.Values.First().Narrow is { } narrow
            ? $"{narrow.Vectors} × {narrow.SharedLanes / narrow.Lanes} of {narrow.Lanes}"
            : ""));
        Assert.All(targets, target => Assert.Equal(target.Steps.Values.First().Narrow, target.Rows.Values.First().Narrow));
    }

    /// <summary>
    /// Each instruction set has groups of units by its registers, and sets of sums where a group has too few. Sums are stored where equations would be inlined too
    /// often, and gates that end in half a line are summed by the widest vectors all the same.
    /// </summary>
    [Theory]
    [InlineData("Lstm Units=8", false, "1 in 2", "1 in 2")]
    [InlineData("Lstm Units=16", false, "1 in 2", "2 in 1")]
    [InlineData("Lstm Units=16", true, "1 in 2", "1 in 2")]
    [InlineData("Lstm Units=24", false, "2 in 2 joined with gates", "3 in 1 stored")]
    [InlineData("Lstm Units=32", false, "2 in 1", "2 in 1")]
    [InlineData("Lstm Units=40", false, "3 in 1 joined with gates", "3 2 in 1 stored")]
    [InlineData("Lstm Units=40 Peephole=true", false, "5 in 1 joined stored", "3 2 in 1 stored")]
    [InlineData("Gru Units=24", false, "2 in 2 for 24", "3 in 1 for 24")]
    [InlineData("Gru Units=40", false, "3 in 1 for 40", "3 2 in 1 stored for 40")]
    [InlineData("Rnn Units=36", false, "3 in 4 for 40", "5 in 2 for 40")]
    [InlineData("Rnn Units=64", false, "4 in 2", "8 in 1")]
    public void Steps_are_summed_by_the_registers_of_an_instruction_set(string layer, bool isDeterministic, string ofAvx512, string ofAvx2)
    {
        var plan = NetworkPlanner.Plan(Cases.Spec(1, [layer]) with { Deterministic = isDeterministic }, TestCatalogue.All);
        var (targets, blocking) = (plan.Targets, plan.Parts[0].Stages[0].Product.Blocking);

        Assert.Equal(ofAvx512, Text("Avx512"));
        Assert.Equal(ofAvx2, Text("Avx2"));

        string Text(string name)
        {
            var tile = targets.Single(target => target.Target.Name == name).Steps.Values.First();
            return $"{string.Join(" ", tile.Groups)} in {tile.Sets}{(tile.Joined ? " joined" : "")}{(tile.StoresSums ? " stored" : "")}{(tile.Gates is null ? "" : " with gates")}" +
                (tile.Covered < blocking.BlockUnits ? $" for {tile.Covered}" : "");
        }
    }

    /// <summary>The weights of a piece fill the smallest first cache at most, and half of it at least.</summary>
    [Theory]
    [InlineData(256, 64, 256)]
    [InlineData(257, 64, 257)]
    [InlineData(258, 64, 86)]
    [InlineData(325, 64, 65)]
    [InlineData(384, 64, 128)]
    [InlineData(384, 128, 128)]
    [InlineData(64 * 131, 64, 64 * 131)]
    [InlineData(1024, 16, 1024)]
    [InlineData(1536, 16, 512)]
    public void Long_vectors_are_multiplied_in_pieces(int columns, int width, int ofPiece)
    {
        var source = Source(columns).InPieces(width);

        Assert.Equal((ofPiece, columns / ofPiece), ((int)source.Columns, (int)source.Pieces));
    }

    [Fact]
    public void What_comes_in_pieces_or_is_one_column_is_not_cut()
    {
        var source = Source(384);

        Assert.All([source with { Pieces = Size.Of(2) }, source with { Gather = true }], other => Assert.Equal(other, other.InPieces(64)));
    }

    private static ProductSource Source(int columns) => new("x", Size.Of(0), Size.Of(columns), new Size(columns, "Columns"));

    /// <summary>Eight sums are in flight; four where there are few registers, for the integers beside them or for sums that take turns while the first cache has the block.</summary>
    [Theory]
    [InlineData("Int8", 64, "Lstm Units=64", 1, 2)]
    [InlineData("Int8", 64, "Gapped Units=64", 2, 4)]
    [InlineData("Int8", 64, "Dense Units=128", 4, 8)]
    [InlineData("BFloat16", 256, "Dense Units=64 Bias=false", 4, 4)]
    [InlineData("BFloat16", 258, "Dense Units=64 Bias=false", 8, 4)]
    public void Reduced_weights_are_multiplied_in_tiles(string precision, int inputSize, string layer, int ofAvx2, int ofAvx512)
    {
        var vectors = Plan(inputSize, precision, layer).Targets.ToDictionary(target => target.Target.Name, target => target.Reduced.Values.Last().Vectors);

        Assert.Equal((ofAvx2, ofAvx512), (vectors["Avx2"], vectors["Avx512"]));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void A_state_of_up_to_eight_KiB_is_a_value(int floats, bool isValue)
    {
        var plan = Plan(3, null, "Rnn Units=4");

        Assert.Equal(isValue, (plan with { Sizes = plan.Sizes with { PackedState = Size.Of(floats) } }).StateIsValue);
    }

    [Fact]
    public void A_pass_over_the_steps_says_where_it_starts()
    {
        var passes = Plan(3, null, "Rnn Units=4 Direction=Bidirectional").Program.Batch.Skip(1);

        Assert.Equal(
            [("first", false), ("last", true)],
            passes.Select(pass => (pass.Summary.Split(' ')[^2], pass.Body.OfType<ForChunks>().Single().Reverse)).OrderBy(pass => pass.Reverse));
    }

    private static NetworkPlan Plan(int inputSize, string? precision, params string[] layers) =>
        NetworkPlanner.Plan(Cases.Spec(inputSize, layers) with { Precision = precision }, TestCatalogue.All);
}
