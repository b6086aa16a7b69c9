using System.Text.RegularExpressions;

namespace RnnGen.Formats.Tests;

/// <summary>docs/migrating/models.md: each command that it shows is run, in order, and gives what stands there but for numbers; each format has a row.</summary>
public sealed partial class ModelsPageTests : IDisposable
{
    private readonly ToolRun _tool = new();

    [Fact]
    public void Every_command_of_the_page_gives_what_stands_there()
    {
        WriteStateDict(_tool["recognizer.safetensors"]);
        string[] blocks = [.. Consoles().Matches(Page()).Select(block => block.Groups[1].Value)];
        Assert.Equal(5, blocks.Length);
        foreach (string block in blocks)
        {
            string[] parts = block.Split('\n', 2), command = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(["$", "rnngen"], command[..2]);
            Assert.Equal(0, _tool.Run([.. command[2..].Select(InFolder)]));
            Assert.Equal("", _tool.Error);
            Assert.Equal(Normal(parts[1]), Normal(OutOfFolder(_tool.Output)));
        }

        string source = File.ReadAllText(_tool["src/Recognizer.cs"]);
        Assert.Equal(Normal(Class().Match(Page()).Groups[1].Value), Normal(source));
    }

    [Fact]
    public void Every_format_has_a_row()
    {
        string[] rows = [.. Page().Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        foreach (string name in ModelFormats.All.Select(format => format.Name))
            Assert.Matches("^\\| [^|]+ \\| yes \\|", Assert.Single(rows, row => row.StartsWith($"| {name} |", StringComparison.Ordinal)));
        foreach (ModelWriter writer in ModelWriters.All)
            Assert.Contains($"| `--to {writer.Key}` |", Assert.Single(rows, row => row.StartsWith($"| {writer.Name} |", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.All(rows, row => Assert.Equal(6, row.Count(character => character == '|')));
    }

    public void Dispose() => _tool.Dispose();

    private static string Page()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RnnGen.sln")))
                return File.ReadAllText(Path.Combine(folder.FullName, "docs", "migrating", "models.md")).ReplaceLineEndings("\n");
        throw new InvalidOperationException($"no RnnGen.sln above {AppContext.BaseDirectory}");
    }

    private static void WriteStateDict(string path)
    {
        ModelDescription model = RandomModel.Of(20, new LstmAttribute(64) { Name = "lstm" }, new DenseAttribute(10) { Name = "head" });
        using FileStream file = File.Create(path);
        ModelWriters.Find("safetensors")!.Write(model, file);
    }

    // Tests run side by side in one folder: each has its own, where the page has none.
    private string InFolder(string argument) => argument == "src" || argument.Contains('.', StringComparison.Ordinal) ? _tool[argument] : argument;

    private string OutOfFolder(string output) =>
        output.Replace(Path.GetRelativePath(".", _tool.Folder) + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(_tool.Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);

    /// <summary>The text without the widths of columns, and with # for what the machine decides.</summary>
    private static string Normal(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line =>
    {
        string narrow = Widths().Replace(line, match => match.Value[0] == ' ' ? " " : "─").Trim();
        return Measured().IsMatch(narrow) ? Machine().Replace(narrow, "#") : narrow;
    })).Trim();

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Consoles();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Class();

    [GeneratedRegex("^(A step |step latency|jitter|undisturbed|work|limit|ONNX Runtime)|Verified|steps, back to back")]
    private static partial Regex Measured();

    [GeneratedRegex(@"\d[\d.,]*(E[-+]\d+)?|(?<=by )(loads|multiply-adds)|(?<=on )(Avx\w*|Portable)")]
    private static partial Regex Machine();

    [GeneratedRegex("─+| +")]
    private static partial Regex Widths();
}
