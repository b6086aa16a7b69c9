namespace RnnGen.Formats.Tests.Onnx;

/// <summary>Cells that are written out as arithmetic are recognised as what they are, and compute what the arithmetic does.</summary>
public sealed class WrittenOutCellTests
{
    public static TheoryData<string> Cells => WrittenOutCells.Names;

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_recognised_and_computes_the_same(string name)
    {
        (byte[] file, string layer) = WrittenOutCells.Get(name);
        ModelDescription model = ModelFormats.Read(new ModelFile(name, file), ImportOptions.Default);
        Assert.Equal(Sorted(layer), Sorted(Assert.Single(SharedOnnxTests.Layers(model))));
        GraphInterpreter.AssertAgrees(file, model);

        // Options are written in the order in which reflection gives them.
        static string Sorted(string text) => string.Join(", ", text.TrimEnd(')').Split(", ").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_body_of_a_Scan_or_Loop_is_one(bool isLoop)
    {
        ModelDescription model = ModelFormats.Read(new ModelFile("body", isLoop ? WrittenOutCells.Loop() : WrittenOutCells.Scan()), ImportOptions.Default);
        Assert.Equal(["Lstm(4, Bias = false)", "Dense(2, Bias = false)"], SharedOnnxTests.Layers(model));
        Assert.Equal("ONNX Mul \"/y\"", model.Layers[0].Comment);
    }

    public static TheoryData<string, byte[]> Others => new()
    {
        { "no last product", WrittenOutCells.Unknown() },
        { "a state beside what is normalised", WrittenOutCells.StateBesideNorm() },
        { "one gate limited", WrittenOutCells.OneLimited() },
    };

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void What_is_no_cell_is_refused(string name, byte[] file)
    {
        var refusal = Assert.Throws<UnsupportedLayerException>(() => ModelFormats.Read(new ModelFile(name, file), ImportOptions.Default));
        Assert.Contains("its update matches no known cell, expected an RNN, LSTM or GRU", refusal.Message, StringComparison.Ordinal);
    }
}
