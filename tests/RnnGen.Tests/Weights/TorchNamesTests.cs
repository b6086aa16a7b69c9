using System.Text;

namespace RnnGen.Tests.Weights;

/// <summary>A <c>state_dict</c> of PyTorch goes into the network of the same structure, or is refused with both lists.</summary>
public sealed class TorchNamesTests
{
    private static readonly string[] Suffixes = ["weight_ih", "weight_hh", "bias_ih", "bias_hh"];

    public static TheoryData<string, Func<float, byte[]>, Func<float, float>> Types => new()
    {
        { "F32", BitConverter.GetBytes, value => value },
        { "F16", value => BitConverter.GetBytes((Half)value), value => (float)(Half)value },
        { "BF16", value => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)), value => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000) },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void Modules_find_their_layers(string type, Func<float, byte[]> write, Func<float, float> stored)
    {
        using var source = new TorchNetwork(seed: 1);
        byte[] file = FileOf(source.Parameters, Names("model.rec", "net.0", "net.2", "net.10"), type, write);
        using var fromMemory = TorchNetwork.Load(file);
        using var fromStream = TorchNetwork.Load(new MemoryStream(file));
        foreach (var parameter in source.Parameters)
        {
            float[] expected = [.. parameter.ToArray().Select(stored)];
            Assert.Equal(expected, fromMemory.Parameters[parameter.Name].ToArray());
            Assert.Equal(expected, fromStream.Parameters[parameter.Name].ToArray());
        }
    }

    [Fact]
    public void Modules_that_are_alike_are_told_apart_by_layers_named_after_them()
    {
        using var source = new TorchNetwork(seed: 1);
        using var network = NamedTorchNetwork.Load(FileOf(source.Parameters, Names("rec", "first", "narrow", "wide")));
        Assert.Equal(source.Parameters["dense5.weight"].ToArray(), network.Parameters["narrow.weight"].ToArray());
        Assert.Equal(source.Parameters["dense6.bias"].ToArray(), network.Parameters["wide.bias"].ToArray());
    }

    [Fact]
    public void Modules_that_are_alike_and_in_no_order_are_refused()
    {
        using var network = new TorchNetwork(seed: 1);
        AssertRefused<TorchNetwork>(
            FileOf(network.Parameters, Names("rec", "first", "narrow", "wide")),
            "several of its modules fit the same layers: expected an order among ", "first, narrow, wide, got none for dense4, dense5, dense6; name the layers after the modules (Name = \"");
    }

    [Fact]
    public void What_is_left_on_both_sides_is_listed()
    {
        using var network = new TorchNetwork(seed: 1);
        var names = Names("rec", "net.0", "net.1", "net.2");
        names["dense4.weight"] = "net.0.other.weight";
        AssertRefused<TorchNetwork>(
            FileOf(network.Parameters, names),
            "expected dense4 (bias [8], weight [8, 8])", "got net.0 (bias [8]), net.0.other (weight [8, 8])");
    }

    [Fact]
    public void A_network_that_resets_before_the_product_takes_no_GRU_of_PyTorch_unless_it_is_told_to()
    {
        using var network = new EarlyResetNetwork(seed: 1);
        byte[] file = FileOf(network.Parameters, network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name.Replace("gru0.", "gru.", StringComparison.Ordinal) + "_l0"));
        AssertRefused<EarlyResetNetwork>(file, "PyTorch's GRU resets after the product", "LoadOptions.IgnoreArchitecture");
        using var other = Loaded<EarlyResetNetwork>(file, new LoadOptions { IgnoreArchitecture = true });
        Assert.Equal(network.Parameters["gru0.weight_hh"].ToArray(), other.Parameters["gru0.weight_hh"].ToArray());
    }

    [Theory]
    [InlineData("weight_ih_l_reverse")]
    [InlineData("rec.weight_ih_l1234567")]
    [InlineData("rec.weight_ih_lx")]
    [InlineData("rec.weight_hx_l0")]
    [InlineData("bn.running_mean")]
    [InlineData("_l0_reverse")]
    public void Names_of_another_form_are_nobodys(string name) =>
        AssertRefused<EarlyResetNetwork>(RawSafetensors.Of("{" + RawSafetensors.Entry(name, "[1]", 0, 4) + "}", 4), "tensor \"gru0.weight_ih\": expected F32 [12, 3], got none of this name, but", name);

    /// <summary>The network's tensors as PyTorch would call them.</summary>
    private static Dictionary<string, string> Names(string recurrent, params string[] linear)
    {
        var names = new Dictionary<string, string>();
        for (int layer = 0; layer < 3; layer++)
            foreach (string suffix in Suffixes)
                names.Add($"lstm{layer}.{suffix}", $"{recurrent}.{suffix}_l{layer}");
        foreach (string suffix in Suffixes)
        {
            names.Add($"gru3.{suffix}", $"gru.{suffix}_l0");
            names.Add($"gru3.{suffix}_reverse", $"gru.{suffix}_l0_reverse");
        }

        for (int layer = 0; layer < linear.Length; layer++)
        {
            names.Add($"dense{layer + 4}.weight", linear[layer] + ".weight");
            names.Add($"dense{layer + 4}.bias", linear[layer] + ".bias");
        }

        return names;
    }

    private static byte[] FileOf(ParameterCollection parameters, Dictionary<string, string> names, string type = "F32", Func<float, byte[]>? write = null)
    {
        var (entries, data) = (new List<string> { "\"__metadata__\":{\"format\":\"pt\"}" }, new List<byte>());

        // PyTorch's files are sorted by name.
        foreach (var parameter in parameters.OrderBy(parameter => names[parameter.Name], StringComparer.Ordinal))
        {
            byte[] bytes = [.. parameter.ToArray().SelectMany(write ?? BitConverter.GetBytes)];
            entries.Add(RawSafetensors.Entry(names[parameter.Name], $"[{string.Join(',', parameter.Shape)}]", data.Count, data.Count + bytes.Length, type));
            data.AddRange(bytes);
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        return RawSafetensors.Of((ulong)header.Length, header, [.. data]);
    }

    private static TNetwork Loaded<TNetwork>(byte[] file, LoadOptions options)
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Load(file, options);

    private static void AssertRefused<TNetwork>(byte[] file, params string[] words)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (var load in new Action[] { () => TNetwork.Load(file), () => TNetwork.Load(new MemoryStream(file)) })
        {
            string message = Assert.Throws<FormatException>(load).Message;
            Assert.All(words, part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }
}
