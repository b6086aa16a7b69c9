using System.Text.Json.Nodes;

namespace RnnGen.Formats.Tests;

/// <summary>What holds for all commands: help, exit codes, errors.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly ToolRun _tool = new();

    [Theory]
    [InlineData("import")]
    [InlineData("inspect")]
    [InlineData("verify")]
    [InlineData("bench")]
    [InlineData("export")]
    public void Help_has_an_example_of_the_command_and_exit_codes(string command)
    {
        Assert.Equal(0, _tool.Run(command, "--help"));
        Assert.Contains($"Example:\n  rnngen {command} ", _tool.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("  2  invalid command line", _tool.Output, StringComparison.Ordinal);
        Assert.Equal("", _tool.Error);
        Assert.Equal(0, _tool.Run("--help"));
        Assert.Contains($"  {command} <", _tool.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "expected a command: import, inspect, verify, bench or export")]
    [InlineData(2, "Unrecognized command or argument 'convert'", "convert")]
    [InlineData(2, "Required argument 'MODEL' missing", "import")]
    [InlineData(2, "Unrecognized command or argument '--fast'", "import", "net.safetensors", "--fast")]
    [InlineData(2, "--subgraph: expected FIRST..LAST, the names of two nodes, got \"lstm\"", "inspect", "net.safetensors", "--subgraph", "lstm")]
    [InlineData(2, "--tolerance: expected a number of at least 0, got \"-1\"", "verify", "a", "b", "--tolerance", "-1")]
    [InlineData(2, "--steps: expected a number from 1 to 10000000, got \"0\"", "bench", "a", "--steps", "0")]
    [InlineData(2, "--to: expected one of ", "export", "net.safetensors", "--to", "cobol")]
    [InlineData(1, "absent.keras", "import", "absent.keras")]
    public void What_is_wrong_is_one_sentence_and_an_exit_code(int code, string sentence, params string[] arguments)
    {
        Assert.Equal(code, _tool.Run(arguments));
        Assert.Equal("", _tool.Output);
        string line = Assert.Single(_tool.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("rnngen: ", line, StringComparison.Ordinal);
        Assert.Contains(sentence, line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_file_is_one_sentence_and_an_object_without_what_would_steer_a_terminal()
    {
        File.WriteAllText(_tool["no\u001b[31m-model"], "nothing");
        Assert.Equal(1, _tool.Run("inspect", _tool["no\u001b[31m-model"], "--json"));
        JsonObject json = _tool.Json;
        Assert.False((bool)json["ok"]!);
        Assert.Equal(1, (int)json["exitCode"]!);
        Assert.Contains("expected one of ", (string?)json["error"], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _tool.Error);
        Assert.DoesNotContain("   at ", _tool.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _tool.Dispose();
}
