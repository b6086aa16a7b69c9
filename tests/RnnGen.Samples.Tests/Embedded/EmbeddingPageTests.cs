using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Samples.Embedded.Tests;

public sealed class EmbeddingPageTests
{
    [Fact]
    public void The_page_shows_the_network_of_the_sample()
    {
        string code = Repository.Read("src", "Samples", "Embedded", "Digits", "DigitRecognizer.cs").ReplaceLineEndings("\n");
        string network = code[code.IndexOf("[Network(", StringComparison.Ordinal)..].TrimEnd('\n');
        Assert.Contains($"```csharp\n{network}\n```", Repository.Read("docs", "guides", "embedding.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
