namespace RnnGen.Formats.Tests.Torch;

/// <summary>Damaged checkpoints and state dicts.</summary>
public sealed class TorchMutationTests
{
    private static readonly NamedTensor[] Weights = StateDicts.Of(RandomModel.Of(4, new LstmAttribute(3), new LayerNormAttribute(), new DenseAttribute(2)), "rec/0", "norm", "fc");

    [Fact]
    public void Damaged_archives_are_refused() => Assert.InRange(Mutations.Read(TorchFile.Of(Weights).Bytes, 500), 250, 500);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Damaged_pickles_are_refused(int protocol)
    {
        byte[] pickle = [];
        List<(string, byte[])> others = [];
        using (ZipContent zip = ZipContent.Open(TorchFile.Of(Weights, protocol: protocol))!)
            foreach (string name in zip.Names)
                if (name.EndsWith(".pkl", StringComparison.Ordinal))
                    pickle = zip.Read(name);
                else
                    others.Add((name, zip.Read(name)));
        Assert.InRange(Mutations.Read(pickle, 1000, bytes => TorchFile.Zip([("archive/data.pkl", bytes), .. others])), 800, 1000);
    }

    [Fact]
    public void Damaged_safetensors_files_are_refused() => Assert.InRange(Mutations.Read(StateDicts.Safetensors(Weights).Bytes, 1000), 300, 1000);
}
