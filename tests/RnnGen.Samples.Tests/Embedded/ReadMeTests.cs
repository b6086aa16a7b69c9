using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Samples.Embedded.Tests;

public sealed class ReadMeTests
{
    [Fact]
    public void The_readme_shows_the_network_of_the_sample()
    {
        string code = Repository.Read("src", "Samples", "Embedded", "Digits", "DigitRecognizer.cs").ReplaceLineEndings("\n");
        string network = code[code.IndexOf("[Network(", StringComparison.Ordinal)..].TrimEnd('\n');
        Assert.Contains($"```csharp\n{network}\n```", Repository.Read("README.md").ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
