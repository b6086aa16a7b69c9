using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Tests;

/// <summary>The rules that layers have for their options.</summary>
public sealed class OptionRuleTests
{
    /// <summary>The options that hold a number, of all layers.</summary>
    public static TheoryData<string, string> Numbers
    {
        get
        {
            var numbers = new TheoryData<string, string>();
            foreach (string kind in LayerCatalogue.Default.Names)
                foreach (var property in typeof(LayerAttribute).Assembly.GetType($"RnnGen.{kind}Attribute", throwOnError: true)!.GetProperties())
                    if (property.PropertyType == typeof(float))
                        numbers.Add(kind, property.Name);
            return numbers;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_number_has_a_range(string kind, string option) => Assert.Contains(
        LayerCatalogue.Default.Find(kind)!.Rules,
        rule => rule.Option == option
            && rule.Check(new LayerSpec(kind, "layer0", new EquatableArray<LayerOption>([new LayerOption(option, "NaN")]))) is OptionProblem.OutOfRange);

    [Fact]
    public void Each_rule_is_of_an_option_that_the_attribute_has() => Assert.All(
        LayerCatalogue.Default.Names,
        kind => Assert.All(
            LayerCatalogue.Default.Find(kind)!.Rules,
            rule => Assert.NotNull(typeof(LayerAttribute).Assembly.GetType($"RnnGen.{kind}Attribute", throwOnError: true)!.GetProperty(rule.Option))));
}
