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
        Assert.Equal([.. header, .. "\n2\n"u8], File.ReadAllBytes(HeaderFile));
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
        Assert.Equal("[]\n4\n", File.ReadAllText(HeaderFile));
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
        File.Delete(WeightsFile);
        Assert.False(WriteSource(null));
    }

    private string WeightsFile => Path.Combine(_folder, "net.safetensors");

    private string SourceFile => Path.Combine(_folder, "sub", "net.g.cs");

    private bool WriteSource(byte[]? file)
    {
        if (file is not null)
        {
            File.WriteAllBytes(WeightsFile, file);
            File.SetLastWriteTimeUtc(WeightsFile, DateTime.UnixEpoch);
        }

        var item = new TaskItem(WeightsFile);
        item.SetMetadata("SourceFile", SourceFile);
        item.SetMetadata("RnnGenWeights", "a/ä \".safetensors");
        var task = new WriteWeightsSource { BuildEngine = _log, Files = [item] };
        Assert.True(task.Execute());
        return task.Written.Length == 1;
    }

    [GeneratedRegex("0x([0-9a-f]+),")]
    private static partial Regex WordPattern();

    private string HeaderFile => Path.Combine(_folder, "sub", "net.json");

    private bool ReadHeader(byte[] file, DateTime? written = null)
    {
        string path = Path.Combine(_folder, "net.safetensors");
        File.WriteAllBytes(path, file);
        if (written is { } time)
            File.SetLastWriteTimeUtc(path, time);
        var item = new TaskItem(path);
        item.SetMetadata("HeaderFile", HeaderFile);
        var task = new ReadWeightsHeader { BuildEngine = _log, Files = [item] };
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
