using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Importing;

namespace RnnGen.Formats.Tests;

/// <summary>Paths and names that nothing can be done with: one line, an exit code, and a folder as it was before.</summary>
public sealed class OddInputTests : IDisposable
{
    private readonly ToolRun _tool = new();

    public static TheoryData<string, string[]> Commands => new()
    {
        { "import", [] }, { "inspect", ["--no-time"] }, { "bench", [] }, { "export", ["--to", "onnx"] },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_model_that_is_no_file_is_refused_by_every_command(string command, string[] more)
    {
        Directory.CreateDirectory(_tool["folder"]);
        File.WriteAllText(_tool["empty"], "");
        File.WriteAllText(_tool["text"], "hello");
        File.WriteAllBytes(_tool["cut"], File.ReadAllBytes(_tool.Save(LayerCases.Get("Gru"), "gru"))[..^5]);
        foreach ((int code, string model, string sentence) in new[]
        {
            (1, _tool["missing"], "missing'"), (1, _tool["folder"], "expected a file, got a folder"), (1, _tool["empty"], "got a file of none of them (0 bytes)"),
            (1, _tool["text"], "got a file of none of them (5 bytes)"), (1, _tool["cut"], "expected data_offsets within"), (1, _tool[new string('x', 300)], "xxx"), (2, "", "MODEL: expected a path, got nothing"),
        })
            Fails(code, sentence, [command, model, .. more]);
        Assert.Equal(["cut", "empty", "gru", "text"], _tool.Files);
    }

    [Fact]
    public void Either_model_of_a_comparison_is_a_file()
    {
        string model = _tool.Save(LayerCases.Get("Gru"), "gru");
        foreach ((int code, string other, string sentence) in new[] { (1, _tool["missing"], "missing'"), (1, _tool.Folder, "expected a file, got a folder"), (2, "", "expected a path, got nothing") })
        {
            Fails(code, sentence, "verify", model, other);
            Fails(code, sentence, "verify", other, model);
        }
    }

    [Fact]
    public void A_target_that_cannot_be_written_is_named()
    {
        string model = _tool.Save(LayerCases.Get("Gru"), "gru");
        File.WriteAllText(_tool["file"], "");
        Directory.CreateDirectory(_tool["folder"]);
        string[] import = ["import", model, "--name", "Net", "--out"], export = ["export", model, "--to", "c", "--force", "--out"], inspect = ["inspect", model, "--no-time", "--force", "--svg"];
        Fails(1, "file: expected a folder, got a file", [.. import, _tool["file"]]);
        Fails(1, "file: expected a folder, got a file", [.. import, _tool["file/deep/deeper"]]);
        Fails(2, "--out: expected a path, got nothing", [.. import, ""]);
        Fails(1, "File name too long|The path|cannot be written", [.. import, _tool[new string('x', 300)]]);
        foreach (string[] command in new[] { export, inspect })
        {
            Fails(1, "folder: expected a file, got a folder", [.. command, _tool["folder"]]);
            Fails(1, "expected a file, got a folder", [.. command, _tool["folder"] + Path.DirectorySeparatorChar]);
            Fails(1, "file: expected a folder, got a file", [.. command, _tool["file/net"]]);
            Fails(1, "cannot be written", [.. command, _tool["new/" + new string('x', 300)]]);
            Fails(2, "expected a path, got nothing", [.. command, " "]);
        }

        Assert.Equal(["file", "gru"], _tool.Files);
        Assert.Equal(["folder"], Directory.GetDirectories(_tool.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_in_the_way_of_one_file_leaves_the_others_as_they_were()
    {
        string model = _tool.Save(LayerCases.Get("Gru"), "gru");
        Directory.CreateDirectory(_tool["out/Net.safetensors"]);
        File.WriteAllText(_tool["out/Net.cs"], "mine");
        Fails(1, "Net.safetensors: expected a file, got a folder", "import", model, "--name", "Net", "--out", _tool["out"], "--force");
        Assert.Equal("mine", File.ReadAllText(_tool["out/Net.cs"]));
        Assert.Equal(["gru", "out/Net.cs"], _tool.Files.Select(name => name.Replace('\\', '/')));
    }

    [Fact]
    public void A_file_that_cannot_be_renamed_brings_the_old_ones_back()
    {
        File.WriteAllText(_tool["one"], "old");
        using (var files = new OutputFiles(_tool.Folder, replaces: true))
        {
            files.Add("one", "new");
            files.Add("two", "new");
            files.Add("three", "new");
            Directory.CreateDirectory(_tool["three"]);
            Assert.Contains("three cannot be written: ", Assert.Throws<IOException>(files.Commit).Message, StringComparison.Ordinal);
        }

        Assert.Equal(["one"], _tool.Files);
        Assert.Equal("old", File.ReadAllText(_tool["one"]));
        Directory.Delete(_tool["three"]);
        using (var files = new OutputFiles(_tool.Folder, replaces: true))
        {
            files.Add("one", "new");
            files.Commit();
        }

        Assert.Equal(["one"], _tool.Files);
        Assert.Equal("new", File.ReadAllText(_tool["one"]));
    }

    [Fact]
    public void A_folder_made_for_files_that_failed_is_removed()
    {
        Directory.CreateDirectory(_tool["there"]);
        using (var files = new OutputFiles(_tool["there/a/b"], replaces: false))
            Assert.Throws<IOException>(() => files.Add("one", path =>
            {
                File.WriteAllText(path, "half");
                throw new IOException("no space left");
            }));
        Assert.Empty(Directory.GetFileSystemEntries(_tool["there"]));
    }

    [Theory]
    [InlineData("System", "")]
    [InlineData("RnnGen", "")]
    [InlineData("Net", "Some.RnnGen")]
    [InlineData("Network", "")]
    [InlineData("Lstm", "")]
    [InlineData("GruAttribute", "")]
    [InlineData("Object", "")]
    [InlineData("Net", "System")]
    [InlineData("Net", "Net")]
    public void A_name_that_the_code_needs_is_refused_as_a_name_or_works(string name, string space)
    {
        string model = _tool.Save(LayerCases.Get("Gru"), "gru");
        string[] command = ["import", model, "--name", name, "--namespace", space, "--out", _tool["out"]];
        if (_tool.Run(command) == 0)
            Assert.Equal(["gru", $"out/{name}.cs", $"out/{name}.safetensors"], _tool.Files.Select(file => file.Replace('\\', '/')));
        else
            Fails(2, "--name: expected a name that the class's own code does not need for something else, got ", command);
    }

    [Theory]
    [InlineData("модель ☃.bin", "Model")]
    [InlineData("123.bin", "Model123")]
    [InlineData("class.bin", "Class")]
    [InlineData(".bin", "Model")]
    [InlineData("-dash it.bin", "DashIt")]
    public void A_file_of_any_name_gives_a_class_with_a_name(string file, string name)
    {
        Assert.Equal(0, _tool.Run("import", _tool.Save(LayerCases.Get("Gru"), file), "--out", _tool["ü ☃"], "--no-verify"));
        Assert.True(File.Exists(_tool[$"ü ☃/{name}.cs"]));
    }

    [Fact]
    public void Recordings_that_are_none_are_refused_with_their_name()
    {
        string model = _tool.Save(LayerCases.Get("Gru"), "gru");
        File.WriteAllText(_tool["text"], "hello");
        string[] import = ["import", model, "--name", "Net", "--out", _tool["out"], "--recording"];
        Fails(1, "text: safetensors header: ", [.. import, _tool["text"]]);
        Fails(1, "gru: expected a tensor input, got gru0.", [.. import, model]);
        Fails(1, "expected a file, got a folder", [.. import, _tool.Folder]);
        Fails(1, "missing'", [.. import, _tool["missing"]]);
        Assert.False(Directory.Exists(_tool["out"]));
    }

    [Fact]
    public void Long_work_is_shown_where_it_is_seen()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(7, new ToolConsole(output, error, showsProgress: true).Working("Reading [net]", () => 7));
        Assert.Contains("Reading [net]", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
        error.GetStringBuilder().Clear();
        Assert.Equal(7, new ToolConsole(output, error).Working("Reading", () => 7));
        Assert.Equal("", error.ToString());
    }

    public void Dispose() => _tool.Dispose();

    private void Fails(int code, string sentences, params string[] arguments)
    {
        Assert.Equal(code, _tool.Run(arguments));
        Assert.Equal("", _tool.Output);
        string line = Assert.Single(_tool.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("rnngen: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", line, StringComparison.Ordinal);
        Assert.Contains(sentences.Split('|'), sentence => line.Contains(sentence, StringComparison.Ordinal));
    }
}
