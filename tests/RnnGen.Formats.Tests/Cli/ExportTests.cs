using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Commands;

namespace RnnGen.Formats.Tests;

/// <summary><c>rnngen export</c>: every format writes, and what is read back wrongly is not kept.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly ToolRun _tool = new();

    public static TheoryData<string> Formats => [.. ModelWriters.All.Select(writer => writer.Key)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_writes_a_file_and_verifies_it_where_it_is_read_too(string key)
    {
        ModelWriter writer = ModelWriters.Find(key)!;
        string file = _tool.Save(LayerCases.Get("Lstm"), "net.bin"), written = _tool["net" + writer.Extension];
        Assert.Equal(0, _tool.Run("export", file, "--to", key, "--out", written, "--json"));
        Assert.Equal("", _tool.Error);
        Assert.Equal(new FileInfo(written).Length, (long)_tool.Json["bytes"]!);
        bool isRead = writer.HoldsWeightsAlone || ModelFormats.All.Any(format => format.Recognizes(ModelFile.Read(written)));
        Assert.Equal(isRead, (bool)_tool.Json["verified"]!);

        Assert.Equal(1, _tool.Run("export", file, "--to", key, "--out", written));
        Assert.Contains("exists; --force overwrites it", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_format_cannot_say_is_refused_and_nothing_is_written()
    {
        string file = _tool.Save(LayerCases.Get("Lstm, peephole"), "net.bin");
        Assert.Equal(1, _tool.Run("export", file, "--to", "safetensors", "--out", _tool["net.safetensors"]));
        Assert.Equal("rnngen: Lstm \"lstm0\": PyTorch's module has no peepholes", _tool.Error.TrimEnd());
        Assert.Equal(["net.bin"], _tool.Files);
    }

    [Fact]
    public void A_file_that_is_read_back_as_something_else_is_not_kept()
    {
        using StringWriter output = new(), error = new();
        var console = new ToolConsole(output, error);
        ModelDescription model = LayerCases.Get("Lstm");
        var refusal = Assert.Throws<FormatException>(() => ExportCommand.Run(console, model, new WrongWriter(0.5f), _tool["wrong"], replaces: false, asJson: false));
        Assert.Contains("the written file, read back, is ", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_tool.Files);

        Assert.Equal(0, ExportCommand.Run(console, model, new WrongWriter(0), _tool["right"], replaces: false, asJson: false));
        Assert.Contains("Verified: read back, the file gives the same outputs within 0.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["right"], _tool.Files);
    }

    [Fact]
    public void What_cannot_be_read_back_is_said_to_be_not_verified()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, ExportCommand.Run(new ToolConsole(output, error), LayerCases.Get("Lstm"), new UnreadableWriter(), _tool["text"], replaces: false, asJson: false));
        Assert.Contains("NOT VERIFIED: rnngen does not read a test's own text.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_format_s_reader_does_not_take_is_kept_and_said_to_be_not_verified()
    {
        using StringWriter output = new(), error = new();
        Assert.Equal(0, ExportCommand.Run(new ToolConsole(output, error), LayerCases.Get("Lstm"), new RefusedWriter(), _tool["net.onnx"], replaces: false, asJson: false));
        Assert.Matches("NOT VERIFIED: rnngen cannot read it back: Abs \"[^\"]*\": ", output.ToString());
        Assert.Equal(["net.onnx"], _tool.Files);
    }

    public void Dispose() => _tool.Dispose();

    /// <summary>RnnGen's own file, one weight of which is wrong.</summary>
    private sealed class WrongWriter(float error) : ModelWriter
    {
        public override string Key => "wrong";

        public override string Name => "a test's own";

        public override string Extension => ".wrong";

        public override void Write(ModelDescription model, Stream stream)
        {
            using var folder = new ToolRun();
            SafetensorsFile file = SafetensorsFile.Read(folder.Save(model, "file"));
            file.Tensors[0].Values[0] += error;
            file.Write(stream);
        }
    }

    /// <summary>An ONNX file with an operator that no layer expresses.</summary>
    private sealed class RefusedWriter : ModelWriter
    {
        public override string Key => "refused";

        public override string Name => "a test's own";

        public override string Extension => ".onnx";

        public override void Write(ModelDescription model, Stream stream) => stream.Write(new Onnx.OnnxFileBuilder().Input("x", 1, 3).Node("Abs", "x", "y").Output("y", 1, 3).Model());
    }

    private sealed class UnreadableWriter : ModelWriter
    {
        public override string Key => "text";

        public override string Name => "a test's own text";

        public override string Extension => ".txt";

        public override void Write(ModelDescription model, Stream stream) => stream.Write("nothing that anybody reads"u8);
    }
}
