using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using RnnGen.Build;

namespace RnnGen.Aot.Tests.Build;

/// <summary>The tasks of the build, without a build.</summary>
[Collection(AotCollection.Programs)]
public sealed partial class TaskTests
{
    private readonly string _folder = TemporaryFolder.New("tasks");
    private readonly BuildLog _log = new();
    private string[] _versions = [];

    [Fact]
    public void A_header_is_copied_as_it_is_with_the_length_of_what_follows()
    {
        byte[] header = """{"ä": 1}  """u8.ToArray();
        Assert.True(ReadHeader([.. BitConverter.GetBytes((ulong)header.Length), .. header, 0xFF, 0xFE]));
        Assert.Equal([.. Encoding.UTF8.GetBytes(Slashed(Weights) + "\n"), .. header, .. "\n2\n"u8], File.ReadAllBytes(HeaderFile));
    }

    [Fact]
    public void The_same_header_stays_as_it_is_and_an_older_file_is_another_version()
    {
        ReadHeader([2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8, 1, 2, 3, 3]);
        string version = Assert.Single(_versions);
        File.SetLastWriteTimeUtc(HeaderFile, DateTime.UnixEpoch);

        ReadHeader([2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8, 1, 2, 3, 4], DateTime.UnixEpoch.AddYears(1));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(HeaderFile));
        Assert.NotEqual(version, Assert.Single(_versions));

        version = Assert.Single(_versions);
        ReadHeader([2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8, 1, 2, 3, 5], DateTime.UnixEpoch);
        Assert.NotEqual(version, Assert.Single(_versions));

        ReadHeader([2, 0, 0, 0, 0, 0, 0, 0, .. "[]"u8, 1, 2, 3, 5], DateTime.UnixEpoch);
        Assert.Equal(Slashed(Weights) + "\n[]\n4\n", File.ReadAllText(HeaderFile));
    }

    [Theory]
    [InlineData("it ends after 3 bytes, expected at least 8", 1, 0, 0)]
    [InlineData("a header of 3 bytes follows, expected at most 2", 3, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D)]
    [InlineData("a header of 18446744073709551615 bytes follows", 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7B)]
    [InlineData("", 1, 0, 0, 0, 0, 0, 0, 0, 0xFF)]
    public void What_has_no_header_is_an_error_that_names_the_file(string message, params int[] bytes)
    {
        Assert.False(ReadHeader([.. bytes.Select(value => (byte)value)]));
        BuildErrorEventArgs error = Assert.Single(_log.Errors);
        Assert.Equal(ReadWeightsHeader.NoHeader, error.Code);
        Assert.Equal(Path.Combine(_folder, "net.safetensors"), error.File);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(HeaderFile));
    }

    /// <summary>What MSBuild or the compiler's configuration would take for syntax is not in the names of text files, and stays as it is in paths.</summary>
    [Fact]
    public void A_path_of_any_characters_has_a_header_of_its_own()
    {
        string[] names = ["it's #1;%41.safetensors", "it's #1;A.safetensors", "[a]{b},$(c)@(d)=!.safetensors", "名前 ä.safetensors"];
        var files = names.Select(name => Path.Combine(_folder, name)).ToList();
        files.ForEach(file => File.WriteAllBytes(file, [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]));
        var task = new ReadWeightsHeader
        {
            BuildEngine = _log,
            Files = [.. files.Select(file => new TaskItem(file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3b", StringComparison.Ordinal)))],
            Folder = Headers,
        };
        Assert.True(task.Execute());
        Assert.Equal(files.Select(Slashed), task.Named.Select(item => item.GetMetadata("RnnGenWeights")));
        string[] headers = [.. task.Named.Select(item => item.GetMetadata("HeaderFile"))];
        Assert.Equal(files.Select(Slashed), headers.Select(header => File.ReadLines(header).First()));
        Assert.All(headers, header => Assert.Matches("^[0-9a-f]{16}\\.rnngen-weights$", Path.GetFileName(header)));
        Assert.Equal(files.Count, headers.Distinct().Count());
    }

    [Fact]
    public void A_path_that_the_compiler_cannot_take_is_an_error_that_says_so()
    {
        var task = new ReadWeightsHeader { BuildEngine = _log, Files = [new TaskItem("a\"b.safetensors")], Folder = Headers };
        Assert.False(task.Execute());
        BuildErrorEventArgs error = Assert.Single(_log.Errors);
        Assert.Equal(ReadWeightsHeader.NoHeader, error.Code);
        Assert.Contains("'a\"b.safetensors' cannot be embedded: the compiler accepts no path with a quotation mark", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_native_file_with_the_same_text_stays_as_it_is()
    {
        string source = Path.Combine(_folder, "digits.h.native.g.cs");
        File.WriteAllText(source, "// rnngen-file: digits.h\n//| int digits_step(void);\n");
        Assert.Equal(Path.Combine(_folder, "out", "digits.h"), Assert.Single(Write(source)));
        string header = Path.Combine(_folder, "out", "digits.h");
        Assert.Equal("int digits_step(void);\n", File.ReadAllText(header));

        File.SetLastWriteTimeUtc(header, DateTime.UnixEpoch);
        Write(source);
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(header));

        File.AppendAllText(source, "//|\n");
        Write(source);
        Assert.Equal("int digits_step(void);\n\n", File.ReadAllText(header));
    }

    [Fact]
    public void A_source_of_another_kind_is_an_error_that_names_it()
    {
        string source = Path.Combine(_folder, "other.native.g.cs");
        File.WriteAllText(source, "class Other;");
        Assert.Empty(Write(source));
        Assert.Equal(source, Assert.Single(_log.Errors).File);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(67)]
    public void Weights_become_words_of_8_bytes_and_stay_as_long_as_they_are(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(255 - (i * 7)))];
        Assert.True(WriteSource(bytes));
        string source = File.ReadAllText(SourceFile);
        byte[] words = [.. WordPattern().Matches(source).SelectMany(word => BitConverter.GetBytes(Convert.ToUInt64(word.Groups[1].Value, 16)))];
        Assert.Equal(bytes, words[..length]);
        Assert.All(words[length..], unused => Assert.Equal(0, unused));
        Assert.InRange(words.Length - length, 0, 7);
        Assert.Contains($".Slice(0, {length});", source, StringComparison.Ordinal);
        Assert.Contains("\"a/\\u00e4 \\u0022.safetensors\", Read)", source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_source_of_the_same_weights_stays_as_it_is_and_a_long_file_has_none()
    {
        WriteSource([1]);
        string first = File.ReadAllText(SourceFile);
        File.SetLastWriteTimeUtc(SourceFile, DateTime.UnixEpoch);
        Assert.True(WriteSource([1]));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(SourceFile));

        Assert.True(WriteSource([2, 3]));
        Assert.NotEqual(first, File.ReadAllText(SourceFile));
        Assert.True(WriteSource(new byte[WriteWeightsSource.Longest]));
        Assert.False(WriteSource(new byte[WriteWeightsSource.Longest + 1]));
        File.Delete(Weights);
        Assert.False(WriteSource(null));
    }

    private string SourceFile => Path.Combine(_folder, "sub", "net.g.cs");

    private bool WriteSource(byte[]? file)
    {
        if (file is not null)
        {
            File.WriteAllBytes(Weights, file);
            File.SetLastWriteTimeUtc(Weights, DateTime.UnixEpoch);
        }

        var item = new TaskItem(Weights);
        item.SetMetadata("HeaderFile", Path.Combine(_folder, "sub", "net" + ReadWeightsHeader.Extension));
        item.SetMetadata("RnnGenWeights", "a/ä \".safetensors");
        var task = new WriteWeightsSource { BuildEngine = _log, Files = [item] };
        Assert.True(task.Execute());
        Assert.All(task.Written, written => Assert.Equal(SourceFile, written.GetMetadata("SourceFile")));
        return task.Written.Length == 1;
    }

    [GeneratedRegex("0x([0-9a-f]+),")]
    private static partial Regex WordPattern();

    private string Headers => Path.Combine(_folder, "sub");

    private static string Slashed(string path) => path.Replace('\\', '/');

    private string Weights => Path.Combine(_folder, "net.safetensors");

    /// <summary>The only one that there is.</summary>
    private string HeaderFile => Directory.Exists(Headers) ? Directory.GetFiles(Headers).Single() : Path.Combine(Headers, "none");

    private bool ReadHeader(byte[] file, DateTime? written = null)
    {
        File.WriteAllBytes(Weights, file);
        if (written is { } time)
            File.SetLastWriteTimeUtc(Weights, time);
        var task = new ReadWeightsHeader { BuildEngine = _log, Files = [new TaskItem(Weights)], Folder = Headers };
        bool succeeded = task.Execute();
        _versions = [.. task.Versions.Select(version => version.ItemSpec)];
        return succeeded;
    }

    private IEnumerable<string> Write(string source)
    {
        var task = new WriteNativeFiles { BuildEngine = _log, Sources = [new TaskItem(source)], Folder = Path.Combine(_folder, "out") };
        task.Execute();
        return task.Files.Select(file => file.ItemSpec);
    }
}
