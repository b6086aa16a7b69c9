using RnnGen.Cli.Onnx;
using RnnGen.Tests;

namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Imports against ONNX Runtime on random inputs.</summary>
public sealed class OnnxRuntimeTests
{
    public static TheoryData<string> Cells => WrittenOutCells.Names;

    public static TheoryData<string> Graphs => [.. GraphCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_that_is_written_out_agrees(string name) => AssertAgrees(WrittenOutCells.Get(name).File, 1e-6);

    [Theory]
    [MemberData(nameof(Graphs))]
    public void A_graph_agrees(string name) => AssertAgrees(GraphCases.All[name]().Model(), 2e-6);

    [Fact]
    public void A_Scan_agrees() => AssertAgrees(WrittenOutCells.Scan(), 1e-6);

    [Fact]
    public void A_Loop_agrees() => AssertAgrees(WrittenOutCells.Loop(), 1e-6);

    [SkippableTheory]
    [InlineData("dtln", "model_1.onnx")]
    [InlineData("dtln", "model_2.onnx")]
    [InlineData("tract", "onnx", "test_cases", "byte_sb_bidi_lstm", "model.onnx")]
    public void A_file_of_others_agrees(params string[] path) => AssertAgrees(File.ReadAllBytes(SharedFolder.Get(["models", .. path])), 2e-5);

    private static void AssertAgrees(byte[] file, double tolerance)
    {
        ModelFile model = new("a file", file);
        (double largest, _) = OnnxRuntimeComparison.Compare(model, ModelFormats.Read(model, ImportOptions.Default));
        Assert.InRange(largest, 0, tolerance);
    }
}
