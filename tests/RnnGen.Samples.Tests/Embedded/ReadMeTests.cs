namespace RnnGen.Samples.Embedded.Tests;

public sealed class ReadMeTests
{
    [Fact]
    public void The_readme_shows_the_network_of_the_sample()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "RnnGen.sln")))
            root = Path.GetDirectoryName(root)!;
        string code = File.ReadAllText(Path.Combine(root, "src/Samples/Embedded/Digits/DigitRecognizer.cs")).ReplaceLineEndings("\n");
        string network = code[code.IndexOf("[Network(", StringComparison.Ordinal)..].TrimEnd('\n');
        Assert.Contains($"```csharp\n{network}\n```", File.ReadAllText(Path.Combine(root, "README.md")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
