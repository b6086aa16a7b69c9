using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>The public reader and writer of safetensors files.</summary>
public sealed class SafetensorsFileTests
{
    [Fact]
    public void What_is_written_comes_back()
    {
        var file = new SafetensorsFile(
            [new NamedTensor("b", [2, 3], [1, 2, 3, 4, 5, 6]), new NamedTensor("a", [], [7]), new NamedTensor("none", [0, 5], [])],
            new Dictionary<string, string> { ["note"] = "two\nlines" });
        using var stream = new MemoryStream();
        file.Write(stream);
        SafetensorsFile read = SafetensorsFile.Read(stream.ToArray());
        Assert.Equal(["b [2, 3]", "a []", "none [0, 5]"], read.Tensors.Select(tensor => tensor.ToString()));
        Assert.Equal([1, 2, 3, 4, 5, 6], read["b"].Values);
        Assert.Equal([7], read["a"].Values);
        Assert.Equal("two\nlines", read.Metadata["note"]);
        Assert.True(read.Contains("none"));
        Assert.False(read.Contains("c"));
        Assert.Contains("no tensor \"c\"; there are b [2, 3], a [], none [0, 5]", Assert.Throws<KeyNotFoundException>(() => read["c"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_on_the_disk_is_replaced_as_a_whole()
    {
        string path = Path.GetTempFileName();
        try
        {
            new SafetensorsFile([new NamedTensor("a", [1], [1])]).Write(path);
            new SafetensorsFile([new NamedTensor("a", [1], [2])]).Write(path);
            Assert.Equal([2], SafetensorsFile.Read(path)["a"].Values);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0 }, new float[] { 1, -2 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x00, 0xC0 }, new float[] { 1, -2 })]
    [InlineData("F32", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 }, new float[] { 1, -2 })]
    public void Narrow_numbers_are_widened(string type, byte[] data, float[] expected) =>
        Assert.Equal(expected, SafetensorsFile.Read(FileOf(type, [2], data)).Tensors[0].Values);

    [Theory]
    [InlineData("F64", 16, "F64")]
    [InlineData("I32", 8, "I32")]
    [InlineData("F32", 12, "w")]
    [InlineData("F32", 4, "w")]
    public void Another_type_or_length_is_refused(string type, int length, string named)
    {
        string message = Assert.Throws<FormatException>(() => SafetensorsFile.Read(FileOf(type, [2], new byte[length]))).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_tensors_are_refused()
    {
        Assert.Contains("tensor \"w\": expected 6 values, the product of [2, 3], got 5", Assert.Throws<ArgumentException>("values", () => new NamedTensor("w", [2, 3], new float[5])).Message, StringComparison.Ordinal);
        Assert.Contains("expected dimensions of at least 0, got [2, -3]", Assert.Throws<ArgumentException>("shape", () => new NamedTensor("w", [2, -3], [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("values", () => new NamedTensor("w", [int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue], new float[1]));
        var tensor = new NamedTensor("w", [1], [1]);
        Assert.Contains("two tensors \"w\"", Assert.Throws<ArgumentException>("tensors", () => new SafetensorsFile([tensor, tensor])).Message, StringComparison.Ordinal);
        Assert.Contains("which the format keeps for texts", Assert.Throws<ArgumentException>("tensors", () => new SafetensorsFile([new NamedTensor("__metadata__", [1], [1])])).Message, StringComparison.Ordinal);
    }

    private static byte[] FileOf(string type, int[] shape, byte[] data)
    {
        byte[] header = Encoding.UTF8.GetBytes($"{{\"w\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', shape)}],\"data_offsets\":[0,{data.Length}]}}}}");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. data];
    }
}
