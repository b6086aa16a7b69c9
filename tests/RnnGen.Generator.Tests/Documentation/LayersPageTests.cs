using System.Text.RegularExpressions;
using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Tests.Documentation;

/// <summary>The documentation's table of layers is the catalogue.</summary>
public sealed class LayersPageTests
{
    private static readonly string Page = Pages.Read("docs/reference/layers.md");

    [Fact]
    public void The_table_of_layers_is_the_catalogue()
    {
        string table = Page.Split("## Layers\n")[1].Split("\n## ")[0];
        var rows = table.Split('\n').Where(line => line.StartsWith("| `[", StringComparison.Ordinal)).Select(line => line.Split('[')[1].Split('(', ']')[0]);
        Assert.Equal(LayerCatalogue.Default.Names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_names_every_option_and_activation()
    {
        var lines = Page.Split("## Layers\n")[1].Split("\n## ")[0].Split('\n');
        string shared = string.Join(' ', lines.Where(line => !line.StartsWith('|')));
        foreach (string name in LayerCatalogue.Default.Names)
        {
            string row = lines.Single(line => line.StartsWith($"| `[{name}", StringComparison.Ordinal));
            var attribute = typeof(LayerAttribute).Assembly.GetType($"RnnGen.{name}Attribute", throwOnError: true)!;
            foreach (var option in attribute.GetProperties().Where(property => property.DeclaringType!.Assembly == attribute.Assembly))
                Assert.Matches(new Regex($@"\b{option.Name}\b", RegexOptions.IgnoreCase), option.DeclaringType == attribute ? row : shared);
        }

        Assert.All(Enum.GetNames<Activation>().Where(activation => activation != "Softmax"), activation => Assert.Contains($"`{activation}`", shared, StringComparison.Ordinal));
    }
}
