using System.IO.Compression;

namespace RnnGen.Formats.Tests.Torch;

/// <summary>Archives of <c>torch.save</c>: types of numbers, views, checkpoints; and what is refused.</summary>
public sealed class TorchFormatTests
{
    private static readonly NamedTensor[] Weights = StateDicts.Of(RandomModel.Of(2, new GruAttribute(3), new DenseAttribute(2)), "rec/0", "fc");

    [Theory]
    [InlineData("FloatStorage", 0)]
    [InlineData("DoubleStorage", 0)]
    [InlineData("HalfStorage", 1e-3)]
    [InlineData("BFloat16Storage", 8e-3)]
    public void Numbers_of_each_type_are_widened(string storage, double tolerance)
    {
        ModelDescription model = Read(TorchFile.Of(Weights, storage));
        foreach ((NamedTensor expected, NamedTensor actual) in Weights.Zip(model.Tensors))
            for (int at = 0; at < expected.Values.Length; at++)
                Assert.Equal(expected.Values[at], actual.Values[at], tolerance);
        Assert.Equal(storage == "DoubleStorage", model.Notes.Contains("Weights of 64 bits were rounded to 32."));
    }

    [Fact]
    public void Numbers_of_a_big_endian_machine_are_read()
    {
        var file = new TorchFile { IsBigEndian = true };
        AssertWeights(Read(file.Write(pickle => file.StateDict(pickle, Weights))));
    }

    [Fact]
    public void Later_protocols_are_read() => AssertWeights(Read(TorchFile.Of(Weights, protocol: 4)));

    /// <summary>More than 256 values in the memo: its instructions have four bytes then.</summary>
    [Fact]
    public void Many_modules_are_read()
    {
        ModelDescription deep = RandomModel.Of(2, [.. Enumerable.Range(0, 40).Select(_ => new DenseAttribute(2))]);
        NamedTensor[] tensors = StateDicts.Of(deep, [.. Enumerable.Range(0, 40).Select(number => $"net.{number}")]);
        Assert.Equal(deep.Tensors.SelectMany(tensor => tensor.Values), Read(TorchFile.Of(tensors)).Tensors.SelectMany(tensor => tensor.Values));
    }

    /// <summary>All weights of a recurrent layer in one storage, as cuDNN wants them, and a transposed matrix.</summary>
    [Fact]
    public void Views_become_contiguous()
    {
        var file = new TorchFile();
        int all = file.Store([.. Weights[..4].SelectMany(tensor => tensor.Values)]), count = Weights[..4].Sum(tensor => tensor.Values.Length);
        float[] matrix = Weights[4].Values;
        int turned = file.Store([matrix[0], matrix[3], matrix[1], matrix[4], matrix[2], matrix[5]]);
        int offset = 0;
        ModelFile written = file.Write(pickle => pickle.OrderedDictionary(
            [.. Weights[..4].Select(tensor => (tensor.Name, (Action)(() => View(pickle, tensor)))),
            ("fc.weight", () => file.Tensor(pickle, turned, 6, 0, [2, 3], [1, 2])),
            ("fc.bias", () => file.Tensor(pickle, Weights[5]))]));
        AssertWeights(Read(written));

        void View(PickleWriter pickle, NamedTensor tensor)
        {
            long[] shape = [.. tensor.Shape.Select(size => (long)size)];
            file.Tensor(pickle, all, count, offset, shape, shape.Length == 2 ? [shape[1], 1] : [1]);
            offset += tensor.Values.Length;
        }
    }

    [Fact]
    public void A_checkpoint_holds_a_state_dict_beside_other_things()
    {
        var file = new TorchFile();
        int steps = file.Store(new byte[8]);
        ModelFile written = file.Write(pickle => pickle.Dictionary(
            ("epoch", () => pickle.Int(70_000)),
            ("loss", () => pickle.Float(0.25)),
            ("model", () => pickle.Dictionary(
                ("state_dict", () => pickle.OrderedDictionary(
                    [("bn.num_batches_tracked", () => file.Tensor(pickle, steps, 1, 0, [], [], "LongStorage")),
                    .. Weights.Select(tensor => (tensor.Name, (Action)(() => pickle.Call("torch._utils", "_rebuild_parameter", () => file.Tensor(pickle, tensor), () => pickle.Bool(true), () => pickle.OrderedDictionary()))))])))),
            ("optimizer", () => pickle.Dictionary(("param_groups", () => pickle.List(() => pickle.Dictionary(("lr", () => pickle.Float(1e-3)), ("betas", () => pickle.Tuple(() => pickle.Float(0.9), () => pickle.Float(0.999)))))))),
            ("none", pickle.None)));
        ModelDescription model = Read(written);
        AssertWeights(model);
        Assert.Contains("The weights are the checkpoint's \"model.state_dict\".", model.Notes);
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("__main__", "Net")]
    [InlineData("torch.nn.modules.rnn", "LSTM")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "FloatStorage\nx")]
    public void Other_classes_and_functions_are_refused_by_name(string module, string name)
    {
        ModelFile file = new TorchFile().Write(pickle => pickle.Call(module, name, () => pickle.Text("echo")));
        Assert.Contains(name.Contains('\n', StringComparison.Ordinal) ? "data.pkl, byte" : $"got an object of \"{module}.{name}\"", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Known_names_are_called_in_no_other_way()
    {
        Assert.Contains("expected a function that makes a tensor", Refused(new TorchFile().Write(pickle => pickle.Call("torch", "FloatStorage", () => pickle.Int(1 << 30)))), StringComparison.Ordinal);
        Assert.Contains("expected a tensor (storage, offset", Refused(new TorchFile().Write(pickle => pickle.Call("torch._utils", "_rebuild_tensor_v2", () => pickle.Int(1)))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 1, "2,3", "3,1")] // one number past the end
    [InlineData(6, 0, "3,3", "1,1")] // more numbers than the storage
    [InlineData(6, 0, "2147483647", "0")]
    [InlineData(6, 0, "2147483647,2147483647,2147483647", "1,1,1")]
    [InlineData(6, -1, "2", "1")]
    [InlineData(6, 0, "2,3", "1")]
    public void A_view_outside_of_its_storage_is_refused(long count, long offset, string shape, string strides)
    {
        var file = new TorchFile();
        int key = file.Store(new float[6]);
        Assert.Contains("data.pkl, byte", Refused(file.Write(pickle => pickle.Dictionary(("fc.weight", () => file.Tensor(pickle, key, count, offset, Numbers(shape), Numbers(strides)))))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_storage_that_is_not_there_or_has_another_size_is_refused()
    {
        var file = new TorchFile();
        int key = file.Store(new float[6]);
        ModelFile claims = file.Write(pickle => pickle.Dictionary(("fc.weight", () => file.Tensor(pickle, key, 1 << 29, 0, [2, 3], [3, 1])), ("fc.bias", () => file.Tensor(pickle, key, 1 << 29, 0, [2], [1]))));
        Assert.Contains("entry \"archive/data/0\": expected 536870912 × float32, got 24 bytes", Refused(claims), StringComparison.Ordinal);
        ModelFile lacks = file.Write(pickle => pickle.Dictionary(("fc.weight", () => file.Tensor(pickle, key, 6, 0, [2, 3], [3, 1])), ("fc.bias", () => file.Tensor(pickle, 5, 2, 0, [2], [1]))));
        Assert.Contains("expected an entry \"archive/data/5\", got none", Refused(lacks), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_kinds_of_files_are_refused_with_what_to_do()
    {
        byte[] legacy = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];
        Assert.Contains("load it in PyTorch and save it again", Refused(new ModelFile("old.pt", legacy)), StringComparison.Ordinal);
        byte[] none = new PickleWriter().Write(pickle => pickle.None());
        Assert.Contains("TorchScript", Refused(TorchFile.Zip([("m/data.pkl", none), ("m/constants.pkl", none)])), StringComparison.Ordinal);
        Assert.Contains("expected a state dict (tensors by name), got None", Refused(TorchFile.Zip([("m/data.pkl", none)])), StringComparison.Ordinal);
        ModelFile two = new TorchFile().Write(pickle => pickle.Dictionary(("model", () => pickle.Dictionary(("a", pickle.None))), ("net", () => pickle.Dictionary(("a", pickle.None)))));
        Assert.Contains("with 2 of those", Refused(two), StringComparison.Ordinal);
    }

    /// <summary>Names are only names, entries that no one asks for are not read, and a small archive does not become a large one.</summary>
    [Fact]
    public void Bombs_stay_small()
    {
        byte[] zeros = new byte[4_000_000];
        Assert.Contains("from an archive of this size", Refused(TorchFile.Zip([("m/data.pkl", zeros)], CompressionLevel.SmallestSize)), StringComparison.Ordinal);
        var file = new TorchFile();
        ModelFile good = file.Write(pickle => file.StateDict(pickle, Weights));
        using var stream = new MemoryStream();
        stream.Write(good.Bytes);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            foreach (string name in new[] { "../../outside.pkl", "archive/more.zip" })
                using (Stream entry = zip.CreateEntry(name, CompressionLevel.SmallestSize).Open())
                    entry.Write(zeros);
        AssertWeights(Read(new ModelFile("model.pt", stream.ToArray())));
    }

    private static long[] Numbers(string text) => [.. text.Split(',').Select(long.Parse)];

    private static ModelDescription Read(ModelFile file) => ModelFormats.Read(file, ImportOptions.Default);

    private static string Refused(ModelFile file) => Assert.ThrowsAny<FormatException>(() => Read(file)).Message;

    private static void AssertWeights(ModelDescription model) =>
        Assert.Equal(Weights.SelectMany(tensor => tensor.Values), model.Tensors.SelectMany(tensor => tensor.Values));
}
