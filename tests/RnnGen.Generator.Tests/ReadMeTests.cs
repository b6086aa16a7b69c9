using System.Text.RegularExpressions;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>What the README shows of generated code is generated, and its table of layers is the catalogue.</summary>
public sealed class ReadMeTests
{
    private static readonly string ReadMe = Repository.Read("README.md").ReplaceLineEndings("\n");

    [Fact]
    public void The_excerpt_is_generated()
    {
        var run = GeneratorRun.Of(
            """
            using RnnGen;
            [Network(inputSize: 20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)]
            public sealed partial class DigitRecognizer;
            """);
        string training = run.Sources.Single(source => source.Name.EndsWith("Avx512.Training.g.cs", StringComparison.Ordinal)).Source;
        string generated = string.Join('\n', training.Split('\n').Select(line => line.Trim()));
        string excerpt = ReadMe.Split("<!-- excerpt -->\n```csharp\n")[1].Split("\n```")[0];
        Assert.Contains(string.Join('\n', excerpt.Split('\n').Select(line => line.Trim())), generated, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_layers_is_the_catalogue()
    {
        string table = ReadMe.Split("## Layers\n")[1].Split("\n## ")[0];
        var rows = table.Split('\n').Where(line => line.StartsWith("| `[", StringComparison.Ordinal)).Select(line => line.Split('[')[1].Split('(', ']')[0]);
        Assert.Equal(LayerCatalogue.Default.Names.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_names_every_option_and_activation()
    {
        var lines = ReadMe.Split("## Layers\n")[1].Split("\n## ")[0].Split('\n');
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
