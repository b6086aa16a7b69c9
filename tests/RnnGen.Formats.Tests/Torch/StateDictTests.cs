namespace RnnGen.Formats.Tests.Torch;

/// <summary>Networks come back from the state dict that PyTorch would have of them, in both kinds of files.</summary>
public sealed class StateDictTests
{
    private static readonly Dictionary<string, (Func<ModelDescription> Model, string[] Modules)> All = new()
    {
        ["LSTM and Linear"] = (() => RandomModel.Of(3, new LstmAttribute(5), new DenseAttribute(2)), ["rec/0", "lin"]),
        ["LSTM, two layers, both directions"] = (
            () => RandomModel.Of(3, new LstmAttribute(4) { Direction = Direction.Bidirectional }, new LstmAttribute(4) { Direction = Direction.Bidirectional }, new DenseAttribute(2)),
            ["model.rec/0", "model.rec/1", "model.head"]),
        ["LSTM, projected, two layers"] = (() => RandomModel.Of(3, new LstmAttribute(6) { Projection = 4 }, new LstmAttribute(6) { Projection = 4 }), ["rec/0", "rec/1"]),
        ["LSTM without bias"] = (() => RandomModel.Of(3, new LstmAttribute(5) { Bias = false }, new DenseAttribute(2)), ["rec/0", "lin"]),
        ["GRU, both directions"] = (() => RandomModel.Of(3, new GruAttribute(5) { Direction = Direction.Bidirectional }, new DenseAttribute(2)), ["gru/0", "fc"]),
        ["RNN alone, no path"] = (() => RandomModel.Of(3, new RnnAttribute(5)), ["/0"]),
        ["A cell"] = (() => RandomModel.Of(3, new GruAttribute(5), new DenseAttribute(2)), ["cell", "fc"]),
        ["Embedding"] = (() => RandomModel.Of(9, true, new EmbeddingAttribute(4), new GruAttribute(5), new DenseAttribute(9)), ["emb", "rec/0", "out"]),
        ["LayerNorm"] = (() => RandomModel.Of(3, new LstmAttribute(6), new LayerNormAttribute(), new DenseAttribute(2)), ["rec/0", "norm", "fc"]),
        ["Sequential"] = (() => RandomModel.Of(4, new DenseAttribute(4), new DenseAttribute(4), new DenseAttribute(4)), ["net.0", "net.2", "net.10"]),
        ["Numbered names"] = (() => RandomModel.Of(4, new DenseAttribute(4), new DenseAttribute(4), new DenseAttribute(4)), ["fc1", "fc2", "fc10"]),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_checkpoint_is_read(string name) => AssertSame(name, TorchFile.Of(Tensors(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_safetensors_file_is_read(string name) => AssertSame(name, StateDicts.Safetensors(Tensors(name)));

    [Fact]
    public void The_class_says_what_a_state_dict_does_not_say()
    {
        ModelDescription plain = RandomModel.Of(3, new RnnAttribute(5), new DenseAttribute(2));
        using Imported imported = Imported.Of(TorchFile.Of(StateDicts.Of(plain, "rec/0", "head")));
        string text = ClassWriter.Write(imported.Model, new ClassOptions { Name = "Net" });
        Assert.Contains("[Rnn(5)] // PyTorch's RNN \"rec\"", text, StringComparison.Ordinal);
        Assert.Contains("/// It does not say which activation follows \"head\": none is written.", text, StringComparison.Ordinal);
        Assert.Contains("/// It does not say whether \"rec\" has tanh or ReLU: tanh is written.", text, StringComparison.Ordinal);
        Assert.Contains("every step or only the last one", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Modules_that_fit_in_two_orders_are_refused_unless_the_file_has_an_order_or_someone_says_it()
    {
        ModelDescription model = RandomModel.Of(1, new LstmAttribute(40), new DenseAttribute(1));
        NamedTensor[] tensors = StateDicts.Of(model, "rec/0", "lin");
        ModelFile sorted = StateDicts.Safetensors(tensors);
        string message = Assert.Throws<FormatException>(() => ModelFormats.Read(sorted, ImportOptions.Default)).Message;
        Assert.Contains("\"lin\" as Linear → \"rec\" as LSTM; or \"rec\" as LSTM → \"lin\" as Linear", message, StringComparison.Ordinal);
        AssertSame(model, ModelFormats.Read(sorted, new ImportOptions { Subgraph = ("rec", "lin") }));
        AssertSame(model, ModelFormats.Read(TorchFile.Of(tensors), ImportOptions.Default));
    }

    /// <summary>RnnGen's names of layers have their places.</summary>
    [Fact]
    public void What_RnnGen_writes_for_PyTorch_comes_back_in_order()
    {
        ModelDescription model = RandomModel.Of(4, new LstmAttribute(2) { Direction = Direction.Bidirectional }, new GruAttribute(4), new LayerNormAttribute(), new DenseAttribute(4));
        using var stream = new MemoryStream();
        new TorchSafetensorsWriter().Write(model, stream);
        AssertSame(model, ModelFormats.Read(new ModelFile("a test", stream.ToArray()), ImportOptions.Default));
    }

    [Fact]
    public void A_matrix_alone_is_an_embedding_or_a_linear_layer_as_it_fits()
    {
        ModelDescription embedded = RandomModel.Of(7, true, new EmbeddingAttribute(4), new RnnAttribute(7)), linear = RandomModel.Of(7, new DenseAttribute(4) { Bias = false }, new RnnAttribute(5));
        Assert.True(ModelFormats.Read(TorchFile.Of(StateDicts.Of(embedded, "first", "rec/0")), ImportOptions.Default).IsOneHot);
        Assert.False(ModelFormats.Read(TorchFile.Of(StateDicts.Of(linear, "first", "rec/0")), ImportOptions.Default).IsOneHot);
        ModelDescription both = RandomModel.Of(4, new DenseAttribute(4) { Bias = false }, new RnnAttribute(5));
        Assert.Contains("\"first\" as Embedding → \"rec\" as RNN", Refused(StateDicts.Of(both, "first", "rec/0")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_norm_becomes_its_formula()
    {
        ModelDescription model = RandomModel.Of(3, new GruAttribute(2), new DenseAttribute(1));
        NamedTensor[] norm = [new("bn.weight", [2], [2, 3]), new("bn.bias", [2], [0.5f, -0.5f]), new("bn.running_mean", [2], [0.25f, 1]), new("bn.running_var", [2], [4, 0.25f])];
        NamedTensor[] tensors = StateDicts.Of(model, "rec/0", "fc");
        ModelDescription read = ModelFormats.Read(TorchFile.Of([.. tensors[..4], .. norm, .. tensors[4..]]), ImportOptions.Default);
        float[] weight = read.Layers[1].Find("weight")!.Values, bias = read.Layers[1].Find("bias")!.Values;
        double[] expected = [2 / Math.Sqrt(4.00001), 0, 0, 3 / Math.Sqrt(0.25001)];
        Assert.Equal(expected.Select(value => (float)value), weight);
        Assert.Equal(0.5 - (0.25 * 2 / Math.Sqrt(4.00001)), bias[0], 1e-6);
        Assert.Equal(-0.5 - (3 / Math.Sqrt(0.25001)), bias[1], 1e-6);
    }

    /// <summary>Tensors of integers are no weights. Here their numbers lie between those of others.</summary>
    [Theory]
    [InlineData("bn.num_batches_tracked", "")]
    [InlineData("position_ids", "Tensors of integers were skipped: position_ids.")]
    public void Integers_in_a_safetensors_file_are_passed_over(string name, string note)
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes(
            """{"fc.bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"bn.num_batches_tracked":{"dtype":"I64","shape":[],"data_offsets":[4,12]},"fc.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[12,20]}}""".Replace("bn.num_batches_tracked", name, StringComparison.Ordinal));
        byte[] data = [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(7L), .. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(-2f)];
        ModelDescription read = ModelFormats.Read(new ModelFile("a test", [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]), ImportOptions.Default);
        Assert.Equal([0.5f, -2, 3], read.Tensors.SelectMany(tensor => tensor.Values));
        Assert.Equal(note.Length == 0 ? [] : [note], read.Notes);
    }

    [Theory]
    [InlineData("conv.weight", "4,3,3", "Conv1d \"conv\": a state dict does not say its stride, padding and dilation")]
    [InlineData("attention.in_proj_weight", "9,3", "module \"attention\": its tensors match no layer that RnnGen has: in_proj_weight")]
    [InlineData("act.weight", "1", "module \"act\": its tensors match no layer")]
    [InlineData("rec.weight_hh_l0", "20,4", "module \"rec\": expected a tensor weight_ih of layer 0, got none")]
    [InlineData("other.weight", "5,6", "which fit in no order")]
    public void What_cannot_be_read_is_refused_by_name(string name, string shape, string expected)
    {
        int[] sizes = [.. shape.Split(',').Select(int.Parse)];
        NamedTensor[] tensors = [.. StateDicts.Of(RandomModel.Of(3, new DenseAttribute(4)), "first"), new(name, sizes, new float[sizes.Aggregate(1, (count, size) => count * size)])];
        Assert.Contains(expected, Refused(tensors), StringComparison.Ordinal);
        Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(StateDicts.Safetensors(tensors), ImportOptions.Default));
    }

    [Fact]
    public void Rows_that_are_no_gates_are_refused()
    {
        NamedTensor[] tensors = [new("rec.weight_ih_l0", [10, 3], new float[30]), new("rec.weight_hh_l0", [10, 5], new float[50])];
        Assert.Contains("expected 4, 3 or 1 times 5 rows (LSTM, GRU, RNN), got [10, 5]", Refused(tensors), StringComparison.Ordinal);
    }

    private static NamedTensor[] Tensors(string name) => StateDicts.Of(All[name].Model(), All[name].Modules);

    private static string Refused(NamedTensor[] tensors) => Assert.ThrowsAny<FormatException>(() => ModelFormats.Read(TorchFile.Of(tensors), ImportOptions.Default)).Message;

    private static void AssertSame(string name, ModelFile file) => AssertSame(All[name].Model(), ModelFormats.Read(file, ImportOptions.Default));

    private static void AssertSame(ModelDescription expected, ModelDescription actual)
    {
        Assert.Equal(expected.IsOneHot, actual.IsOneHot);
        Assert.Equal(expected.InputSize, actual.InputSize);
        Assert.Equal(expected.Layers.Select(layer => AttributeText.Of(layer.Attribute)), actual.Layers.Select(layer => AttributeText.Of(layer.Attribute)));
        foreach ((NamedTensor one, NamedTensor other) in expected.Tensors.Zip(actual.Tensors))
            Assert.Equal(one.Values, other.Values);
        Assert.NotEmpty(actual.Warnings);
    }
}
