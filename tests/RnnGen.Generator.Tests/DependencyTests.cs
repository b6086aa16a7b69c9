using NetArchTest.Rules;

namespace RnnGen.Generator.Tests;

/// <summary>
/// Dependencies of the generator's rooms point one way: spec ← cells ← graph ← planning → emit, expressions and programs below all, and what reads a user's
/// attributes beside what prints.
/// </summary>
public sealed class DependencyTests
{
    private const string Root = "RnnGen.Generator.";

    /// <summary>Each room with those that it may use.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ir"] = [],
        ["Targets"] = ["Ir"],
        ["Spec"] = ["Ir"],
        ["Diagnostics"] = ["Spec"],
        ["Weights"] = ["Spec"],
        ["Cells"] = ["Ir", "Spec"],
        ["Graph"] = ["Ir", "Spec", "Cells"],
        ["Planning"] = ["Ir", "Spec", "Cells", "Graph", "Targets"],
        ["Emit"] = ["Ir", "Spec", "Cells", "Graph", "Targets", "Planning", "Diagnostics"], // generated code carries the text of a diagnostic
        ["Reading"] = ["Ir", "Spec", "Cells", "Graph", "Targets", "Planning", "Diagnostics", "Weights"],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_room_uses_only_those_below_it(string room)
    {
        string[] above = [.. Allowed.Keys.Except([room, .. Allowed[room]]).Select(other => Root + other)];
        var result = Types.InAssembly(typeof(RnnGenerator).Assembly)
            .That().ResideInNamespaceMatching($"^{Root.Replace(".", "\\.", StringComparison.Ordinal)}{room}(\\.|$)")
            .ShouldNot().HaveDependencyOnAny(above)
            .GetResult();
        Assert.True(result.IsSuccessful, $"{room} may use {string.Join(", ", Allowed[room])}; {string.Join(", ", result.FailingTypeNames ?? [])} use more");
    }

    [Fact]
    public void Every_type_is_in_a_room()
    {
        var names = typeof(RnnGenerator).Assembly.GetTypes().Select(type => type.Namespace).Where(name => name?.StartsWith(Root, StringComparison.Ordinal) == true);
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), names.Select(name => name![Root.Length..].Split('.')[0]).Distinct().Order(StringComparer.Ordinal));
    }
}
