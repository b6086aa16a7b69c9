using RnnGen.Generator.Tests.TestCells;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>The layers that stand in tests are those of the catalogue, and such as a user may write.</summary>
public sealed class CasesTests
{
    private static readonly IReadOnlyList<string> All =
    [
        .. Cases.Recurrent, .. Cases.PerStep, .. Cases.SeveralParts, .. Cases.Behind("Rnn Units=3").Select(network => network.Split('|')[1]),
        .. Cases.Joins.Select(network => network.Split('|')[2].Split(' ')[0]),
    ];

    [Fact]
    public void Every_row_of_the_catalogue_is_a_case() =>
        Assert.Empty(TestCatalogue.All.Names.Except(All.Select(layer => layer.Split(' ')[0])));

    [Fact]
    public void Every_default_is_left_somewhere() => Assert.All(
        TestCatalogue.All.Names.SelectMany(kind => TestCatalogue.All.Find(kind)!.Defaults.Select(option => (Kind: kind, option.Name))),
        row => Assert.Contains(All, layer => layer.StartsWith(row.Kind + " ", StringComparison.Ordinal) && layer.Contains($" {row.Name}=", StringComparison.Ordinal)));

    [Fact]
    public void Every_rule_has_a_case_that_it_is_asked_of() => Assert.All(
        TestCatalogue.All.Names.SelectMany(kind => TestCatalogue.All.Find(kind)!.Rules.Where(rule => !TestCatalogue.All.Find(kind)!.InitialOptions.Contains(rule.Option))
            .Select(rule => (Kind: kind, Name: rule.Option))),
        row => Assert.Contains(All, layer => layer.StartsWith(row.Kind + " ", StringComparison.Ordinal) && layer.Contains($" {row.Name}=", StringComparison.Ordinal)));

    [Fact]
    public void No_case_breaks_a_rule_of_its_layer() => Assert.All(All, text =>
    {
        var layer = Cases.Spec(3, text).Layers[0];
        Assert.All(TestCatalogue.All.Find(layer.Kind)!.Rules.Where(rule => layer.Has(rule.Option)), rule => Assert.Null(rule.Check(layer)));
    });

    [Fact]
    public void No_case_comes_twice() => Assert.Equal(All.Count, All.Distinct().Count());
}
