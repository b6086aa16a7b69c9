using System.Text;
using RnnGen.Runtime;
using static RnnGen.Tests.Weights.RawSafetensors;

namespace RnnGen.Tests.Weights;

/// <summary>Files that a network must refuse, each with a message that says what is wrong with what, and without a weight changed.</summary>
public sealed class HostileFileTests
{
    private const string W = """ "w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]} """;
    private const string B = """ "b":{"dtype":"F32","shape":[2],"data_offsets":[24,32]} """;

    /// <summary>Headers that come before 32 bytes of data.</summary>
    public static TheoryData<string, string, string> Headers => new()
    {
        // Structure.
        { "empty header", "", "safetensors header: expected JSON that starts with {, got nothing" },
        { "list", "[]", "expected JSON that starts with {, got byte 0x5B" },
        { "leading space", " {" + W + "," + B + "}", "expected JSON that starts with {, got byte 0x20" },
        { "byte order mark", "\uFEFF{" + W + "," + B + "}", "expected JSON that starts with {, got byte 0xEF" },
        { "unclosed", "{" + W + "," + B, "safetensors header: expected JSON, got an error" },
        { "cut in a number", "{" + W + """, "b":{"dtype":"F32","shape":[2""", "expected JSON, got an error" },
        { "two objects", "{" + W + "," + B + "}{}", "expected JSON, got an error" },
        { "trailing text", "{" + W + "," + B + "} x", "expected JSON, got an error" },
        { "trailing comma", "{" + W + "," + B + ",}", "expected JSON, got an error" },
        { "comment", "{/* */" + W + "," + B + "}", "expected JSON, got an error" },
        { "zero byte", "{" + W + "," + B + "}\0", "expected JSON, got an error" },
        { "single quotes", "{'w':1}", "expected JSON, got an error" },
        { "deep list", "{\"w\":" + new string('[', 100_000), "tensor \"w\": expected an object, got a list" },
        { "deep object", "{" + string.Concat(Enumerable.Repeat("\"w\":{", 100_000)), "tensor \"w\": expected dtype, shape and data_offsets, got \"w\"" },
        { "deep shape", """{"w":{"shape":""" + new string('[', 100_000), "expected JSON, got an error" },
        { "deep metadata", """{"__metadata__":{"a":""" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "tensor \"__metadata__\": expected strings" },
        { "entry not an object", """{"w":1}""", "tensor \"w\": expected an object, got 1" },
        { "entry null", """{"w":null}""", "tensor \"w\": expected an object, got null" },
        { "half a surrogate pair in a name", """{"\uD800":{}}""", "half a surrogate pair" },
        { "half a surrogate pair in a value", """{"w":{"dtype":"\uDC00"}}""", "half a surrogate pair" },

        // Metadata.
        { "metadata a list", """{"__metadata__":[]}""", "tensor \"__metadata__\": expected an object, got a list" },
        { "metadata of numbers", """{"__metadata__":{"a":1}}""", "tensor \"__metadata__\": expected strings, got 1" },
        { "metadata twice", """{"__metadata__":{},"__metadata__":{},""" + W + "," + B + "}", "tensor \"__metadata__\": expected one entry, got a second" },
        { "metadata key twice", """{"__metadata__":{"a":"","a":""}}""", "tensor \"__metadata__\": expected one \"a\", got a second" },

        // Names.
        { "no tensors", "{}", "safetensors data: expected 0 bytes, got 32" },
        { "name twice", "{" + W + "," + W + "," + B + "}", "tensor \"w\": expected one entry, got a second" },
        { "name twice by an escape", "{" + W + """, "\u0077":{}}""", "tensor \"w\": expected one entry, got a second" },
        { "all in one", "{" + Entry("w", "[8]", 0, 32) + "}", "tensor \"w\": expected shape [2, 3], got [8]" },
        { "other name", "{" + W + "," + Entry("bias", "[2]", 24, 32) + "}", "tensor \"b\": expected F32 [2], got none of this name, but \"w\", \"bias\"" },
        { "unknown", "{" + W + "," + B + "," + Entry("x", "[0]", 32, 32) + "}", "tensor \"x\": expected no tensors but w, b, got this one" },

        // Members.
        { "no dtype", """{"w":{"shape":[2,3],"data_offsets":[0,24]},""" + B + "}", "tensor \"w\": expected a dtype, got none" },
        { "no shape", """{"w":{"dtype":"F32","data_offsets":[0,24]},""" + B + "}", "tensor \"w\": expected a shape, got none" },
        { "no offsets", """{"w":{"dtype":"F32","shape":[2,3]},""" + B + "}", "tensor \"w\": expected a data_offsets, got none" },
        { "dtype twice", """{"w":{"dtype":"F32","dtype":"F32"}}""", "tensor \"w\": expected one dtype, got a second" },
        { "shape twice", """{"w":{"shape":[],"shape":[]}}""", "tensor \"w\": expected one shape, got a second" },
        { "unknown member", """{"w":{"dtypes":"F32"}}""", "tensor \"w\": expected dtype, shape and data_offsets, got \"dtypes\"" },

        // Types.
        { "F64", "{" + Entry("w", "[2,3]", 0, 48, "F64") + "," + B + "}", "tensor \"w\": expected dtype F32, F16 or BF16, got \"F64\"" },
        { "I32", "{" + Entry("w", "[2,3]", 0, 24, "I32") + "," + B + "}", "tensor \"w\": expected dtype F32, F16 or BF16, got \"I32\"" },
        { "lower case", "{" + Entry("w", "[2,3]", 0, 24, "f32") + "," + B + "}", "tensor \"w\": expected dtype F32, F16 or BF16, got \"f32\"" },
        { "dtype a number", """{"w":{"dtype":32}}""", "tensor \"w\": expected dtype as a string, got 32" },

        // Shapes.
        { "transposed", "{" + Entry("w", "[3,2]", 0, 24) + "," + B + "}", "tensor \"w\": expected shape [2, 3], got [3, 2]" },
        { "flat", "{" + Entry("w", "[6]", 0, 24) + "," + B + "}", "tensor \"w\": expected shape [2, 3], got [6]" },
        { "one more dimension", "{" + Entry("w", "[1,2,3]", 0, 24) + "," + B + "}", "tensor \"w\": expected shape [2, 3], got [1, 2, 3]" },
        { "scalar", "{" + Entry("w", "[]", 0, 4) + "," + Entry("b", "[7]", 4, 32) + "}", "tensor \"w\": expected shape [2, 3], got []" },
        { "shape not a list", "{" + Entry("w", "6", 0, 24) + "," + B + "}", "tensor \"w\": expected shape as a list, got 6" },
        { "negative", "{" + Entry("w", "[-2,-3]", 0, 24) + "," + B + "}", "tensor \"w\": expected shape of integers from 0 to 2^63 - 1, got -2" },
        { "fraction", "{" + Entry("w", "[2.0,3]", 0, 24) + "," + B + "}", "expected shape of integers from 0 to 2^63 - 1, got 2.0" },
        { "exponent", "{" + Entry("w", "[2e0,3]", 0, 24) + "," + B + "}", "expected shape of integers from 0 to 2^63 - 1, got 2e0" },
        { "string", "{" + Entry("w", "[\"2\",3]", 0, 24) + "," + B + "}", "expected shape of integers from 0 to 2^63 - 1, got \"2\"" },
        { "2^63", "{" + Entry("w", "[9223372036854775808]", 0, 24) + "," + B + "}", "expected shape of integers from 0 to 2^63 - 1, got 9223372036854775808" },
        { "product 2^64", "{" + Entry("w", "[4294967296,4294967296]", 0, 24) + "," + B + "}", "tensor \"w\": expected a shape of fewer than 2^63 bytes" },
        { "product 2^62", "{" + Entry("w", "[4611686018427387904]", 0, 0) + "," + B + "}", "tensor \"w\": expected a shape of fewer than 2^63 bytes" },
        { "size too small", "{" + Entry("w", "[2,3]", 0, 20) + "," + B + "}", "tensor \"w\": expected 24 bytes for F32 [2, 3], got 20" },
        { "size too large", "{" + Entry("w", "[2,3]", 0, 28) + "," + B + "}", "tensor \"w\": expected 24 bytes for F32 [2, 3], got 28" },

        // Offsets.
        {
            "past the end", "{" + W + "," + Entry("b", "[3]", 24, 36) + "}",
            "tensor \"b\": expected data_offsets within the file's 32 bytes of data, got [24, 36]"
        },
        { "far past the end", "{" + W + "," + Entry("b", "[2]", long.MaxValue - 8, long.MaxValue) + "}", "tensor \"b\": expected data_offsets within" },
        { "past 2^32", "{" + W + "," + Entry("b", "[2]", 4294967320, 4294967328) + "}", "tensor \"b\": expected data_offsets within" },
        { "backwards", "{" + Entry("w", "[2,3]", 24, 0) + "," + B + "}", "tensor \"w\": expected data_offsets in order, got [24, 0]" },
        {
            "negative offsets", "{" + Entry("w", "[2,3]", -24, 0) + "," + B + "}",
            "tensor \"w\": expected data_offsets of integers from 0 to 2^63 - 1, got -24"
        },
        {
            "overlap", "{" + W + "," + Entry("b", "[2]", 20, 28) + "}",
            "tensor \"b\": expected data_offsets from 24, got [20, 28], which overlaps another tensor"
        },
        {
            "same place", "{" + Entry("b", "[2]", 0, 8) + "," + Entry("w", "[2,3]", 0, 24) + "}",
            "tensor \"w\": expected data_offsets from 8, got [0, 24], which overlaps"
        },
        {
            "gap between", "{" + Entry("w", "[1]", 0, 4) + "," + Entry("b", "[2]", 8, 16) + "}",
            "tensor \"b\": expected data_offsets from 4, got [8, 16], which leaves a gap"
        },
        { "gap at the start", "{" + Entry("w", "[2,3]", 8, 32) + "}", "tensor \"w\": expected data_offsets from 0, got [8, 32], which leaves a gap" },
        { "trailing data", "{" + W + "}", "safetensors data: expected 24 bytes, got 32" },
        { "one offset", """{"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0]}}""", "tensor \"w\": expected 2 data_offsets, got 1" },
        { "three offsets", """{"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24,32]}}""", "tensor \"w\": expected 2 data_offsets, got 3" },
        {
            "offset a string", """{"w":{"dtype":"F32","shape":[2,3],"data_offsets":["0",24]}}""",
            "expected data_offsets of integers from 0 to 2^63 - 1, got \"0\""
        },
    };

    [Fact]
    public void The_file_that_the_others_are_made_from_is_good()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        memory.Load(Of("{" + W + "," + B + "}", 32));
        Assert.Equal(new float[8], TinyNetwork.Weights(memory));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_hostile_header_is_refused(string what, string header, string message)
    {
        Assert.NotEmpty(what);
        AssertRefused(Of(header, 32), message);
    }

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "no bytes", [], "safetensors header: expected 8 bytes of length, got 0" },
        { "half a length", [1, 0, 0, 0], "expected 8 bytes of length, got 4" },
        { "a length and no more", [2, 0, 0, 0, 0, 0, 0, 0], "safetensors header: expected 2 bytes, got 0 before the end of the file" },
        { "length 2^63", Of(1UL << 63, "{}"u8.ToArray(), []), "expected at most 100000000 bytes, got a length of 9223372036854775808" },
        { "length 2^64 - 1", Of(ulong.MaxValue, "{}"u8.ToArray(), []), "got a length of 18446744073709551615" },
        { "length 2^64 - 8", Of(ulong.MaxValue - 7, "{}"u8.ToArray(), []), "got a length of 18446744073709551608" },
        { "length 2^32 + 2", Of((1UL << 32) + 2, "{}"u8.ToArray(), []), "got a length of 4294967298" },
        { "longer than the limit", Of(100_000_001, "{}"u8.ToArray(), []), "expected at most 100000000 bytes, got a length of 100000001" },
        { "one past the end", Of(3, "{}"u8.ToArray(), []), "expected 3 bytes, got 2 before the end of the file" },
        { "not UTF-8", Of(8, [.. "{\"w"u8, 0xFF, .. "\":1}"u8], []), "safetensors header: expected UTF-8" },
        { "overlong UTF-8", Of(9, [.. "{\"w"u8, 0xC0, 0xAF, .. "\":1}"u8], []), "safetensors header: expected UTF-8" },
        { "big-endian length", [0, 0, 0, 0, 0, 0, 0, 2, .. "{}"u8], "got a length of 144115188075855872" },
        { "a zip", [.. "PK\u0003\u0004"u8, 0, 0, 0, 0, 0, 0], "safetensors header: expected 67324752 bytes, got 2" },
        { "data cut short", Of("{" + W + "," + B + "}", 31), "tensor \"b\": expected data_offsets within the file's 31 bytes of data, got [24, 32]" },
        { "one byte more", Of("{" + W + "," + B + "}", 33), "safetensors data: expected 32 bytes, got 33" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_hostile_file_is_refused(string what, byte[] file, string message)
    {
        Assert.NotEmpty(what);
        AssertRefused(file, message);
    }

    [Theory]
    [InlineData(float.NaN, 0, "tensor \"w\": expected finite values, got NaN at index 0")]
    [InlineData(float.NaN, 5, "tensor \"w\": expected finite values, got NaN at index 5")]
    [InlineData(float.NaN, 7, "tensor \"b\": expected finite values, got NaN at index 1")]
    [InlineData(float.PositiveInfinity, 6, "tensor \"b\": expected finite values, got infinity at index 0")]
    [InlineData(float.NegativeInfinity, 2, "tensor \"w\": expected finite values, got -infinity at index 2")]
    public void A_value_that_is_no_number_is_refused(float value, int at, string message)
    {
        float[] values = [-1, -2, -3, -4, -5, -6, -7, -8]; // others than the network has
        values[at] = value;
        byte[] header = Encoding.UTF8.GetBytes("{" + W + "," + B + "}");
        AssertRefused(Of((ulong)header.Length, header, Bytes(values)), message);
    }

    [Fact]
    public void Every_shorter_file_is_refused()
    {
        byte[] file = Of("{" + W + "," + B + "}", 32);
        for (int length = 0; length < file.Length; length++)
        {
            AssertRefused(file[..length], "");
        }
    }

    [Fact]
    public void A_hostile_name_is_shown_short_and_on_one_line()
    {
        string name = "line\\nfeed\\u001b[31m" + new string('x', 10_000);
        using NetworkMemory memory = TinyNetwork.Create();
        var error = Assert.Throws<FormatException>(() => memory.Load(Of("{\"" + name + "\":1}")));
        Assert.StartsWith("tensor \"line?feed?[31mxxx", error.Message);
        Assert.InRange(error.Message.Length, 100, 200);
    }

    [Fact]
    public void An_endless_stream_is_not_read_to_its_end()
    {
        byte[] good = Of("{" + W + "," + B + "}", 32);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        string Refused(byte[] start) => Assert.Throws<FormatException>(() => memory.Load(new EndlessStream(start))).Message;
        Assert.Contains("expected JSON that starts with {, got nothing", Refused([]));
        Assert.Contains("expected JSON that starts with {, got byte 0x00", Refused(Of(100_000_000, [], [])));
        Assert.Equal("safetensors data: expected 32 bytes, got more", Refused(good));
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    /// <summary>Nobody knows how long the stream is before it ends.</summary>
    [Fact]
    public void A_stream_that_cannot_seek_and_ends_early_or_late_is_refused()
    {
        byte[] good = Of("{" + W + "," + B + "}", 32);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        for (int length = 0; length < good.Length; length++)
            Assert.Throws<FormatException>(() => memory.Load(new OneWayStream(good[..length])));
        string shorter = Assert.Throws<FormatException>(() => memory.Load(new OneWayStream(good[..^5]))).Message;
        Assert.Equal("tensor \"b\": expected 32 bytes of data, got 27 before the end of the file", shorter);
        string longer = Assert.Throws<FormatException>(() => memory.Load(new OneWayStream([.. good, 0]))).Message;
        Assert.Equal("safetensors data: expected 32 bytes, got more", longer);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
        memory.Load(new OneWayStream(good));
        Assert.Equal(new float[8], TinyNetwork.Weights(memory));
    }

    [Fact]
    public void A_damaged_file_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, Of("{" + W + "}", 24));
        try
        {
            using NetworkMemory memory = TinyNetwork.CreateSet();
            var error = Assert.Throws<FormatException>(() => memory.Load(path));
            Assert.Equal($"{path}: tensor \"b\": expected F32 [2], got none of this name, but \"w\"", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A file may have thousands of tensors: messages name the first eight, and say where there are more.</summary>
    [Theory]
    [InlineData(8, "")]
    [InlineData(9, ", ...")]
    public void Of_the_tensors_that_a_file_has_instead_eight_are_named(int count, string more)
    {
        IEnumerable<string> entries = Enumerable.Range(0, count).Select(i => i < 8 ? Entry($"t{i}", "[1]", 4 * i, 4 * (i + 1)) : Entry($"t{i}", "[0]", 32, 32));
        using NetworkMemory memory = TinyNetwork.CreateSet();
        string message = Assert.Throws<FormatException>(() => memory.Load(Of("{" + string.Join(",", entries) + "}", 32))).Message;
        string named = string.Join(", ", Enumerable.Range(0, 8).Select(i => $"\"t{i}\""));
        Assert.Equal($"tensor \"w\": expected F32 [2, 3], got none of this name, but {named}{more}", message);
    }

    [Theory]
    [InlineData(99, 99, "")]
    [InlineData(100, 100, "")]
    [InlineData(101, 100, "...")]
    public void Names_are_shown_up_to_a_hundred_characters(int length, int shown, string end)
    {
        string name = new('n', length);
        using NetworkMemory memory = TinyNetwork.CreateSet();
        string header = "{" + W + "," + B + "," + Entry(name, "[0]", 32, 32) + "}";
        string message = Assert.Throws<FormatException>(() => memory.Load(Of(header, 32))).Message;
        Assert.Equal($"tensor \"{name[..shown]}{end}\": expected no tensors but w, b, got this one", message);
    }

    // As bytes and as a stream; the weights keep their values.
    private static void AssertRefused(byte[] file, string message)
    {
        using NetworkMemory memory = TinyNetwork.CreateSet();
        var bytes = Assert.Throws<FormatException>(() => memory.Load(file));
        Assert.Contains(message, bytes.Message);
        var stream = Assert.Throws<FormatException>(() => memory.Load(new MemoryStream(file)));
        Assert.Equal(bytes.Message, stream.Message);
        Assert.Equal(TinyNetwork.Values, TinyNetwork.Weights(memory));
    }

    private class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }

    /// <summary>Zeros follow the content.</summary>
    private sealed class EndlessStream(byte[] content) : OneWayStream(content)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            buffer.AsSpan(offset + read, count - read).Clear();
            return count;
        }

        public override int ReadByte()
        {
            byte[] one = new byte[1];
            return Read(one, 0, 1) * one[0];
        }
    }
}
