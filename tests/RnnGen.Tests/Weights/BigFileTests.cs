using RnnGen.Runtime;
using RnnGen.Tests.Memory;
using RnnGen.Training;

namespace RnnGen.Tests.Weights;

/// <summary>
/// Files of more than 2 GiB as they are written and read. They need 7 GB of memory, 5 GB of disk and half a minute, and are therefore run only on demand
/// (RNNGEN_BIG_FILES=1); <see cref="LongStreamTests"/> shows the same of their parts.
/// </summary>
public sealed class BigFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-big-");

    private string Target => Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableFact]
    public void Weights_of_more_than_two_gigabytes_come_back()
    {
        SkipUnlessAsked();
        NetworkLayout layout = Layout(columns: 67_200_000); // one tensor of more than 2 GiB, and one behind it
        using var memory = new NetworkMemory(layout);
        Draw(memory.PackedWeights, 1);
        memory.Save(Target);
        Assert.InRange(new FileInfo(Target).Length, (1L << 31) + 1, long.MaxValue);
        float[] expected = memory.PackedWeights.ToArray();
        memory.PackedWeights.Clear();
        memory.Load(Target);
        Assert.True(memory.PackedWeights.SequenceEqual(expected));

        using (FileStream file = File.Open(Target, FileMode.Open))
            file.SetLength(file.Length - 1);
        Assert.Throws<FormatException>(() => memory.Load(Target));
        Assert.True(memory.PackedWeights.SequenceEqual(expected));
    }

    [SkippableFact]
    public void A_checkpoint_of_more_than_two_gigabytes_comes_back()
    {
        SkipUnlessAsked();
        NetworkLayout layout = Layout(columns: 22_600_000);
        var options = new TrainerOptions { Optimizer = new Adam(0.1f), Loss = Loss.CrossEntropy };
        float[][] values = [.. Enumerable.Range(1, 3).Select(seed => new float[layout.WeightsLength])];
        for (int i = 0; i < values.Length; i++)
            Draw(values[i], i + 1);
        CheckpointFile.Write(Target, layout, options, new Checkpoint(values[0], values[1..], 5, 6, null));
        Assert.InRange(new FileInfo(Target).Length, (1L << 31) + 1, long.MaxValue);
        Checkpoint read = CheckpointFile.Read(Target, layout, options);
        Assert.True(read.Weights.AsSpan().SequenceEqual(values[0]));
        Assert.True(read.Slots[0].AsSpan().SequenceEqual(values[1]));
        Assert.True(read.Slots[1].AsSpan().SequenceEqual(values[2]));

        using (FileStream file = File.Open(Target, FileMode.Open))
        {
            file.Position = file.Length - 1; // the last byte belongs to the last tensor
            file.WriteByte(0x55);
        }

        Assert.Contains("SHA-256", Assert.Throws<FormatException>(() => CheckpointFile.Read(Target, layout, options)).Message, StringComparison.Ordinal);
    }

    private static void SkipUnlessAsked() =>
        Skip.If(Environment.GetEnvironmentVariable("RNNGEN_BIG_FILES") != "1", "files of more than 2 GiB are written with RNNGEN_BIG_FILES=1 only");

    private static NetworkLayout Layout(int columns)
    {
        int end = 0;
        ParameterLayout[] parameters =
        [
            TestLayouts.Parameter("big", [0], units: 8, columns, block: 8, ref end),
            TestLayouts.Parameter("small", [0], units: 8, columns: 3, block: 8, ref end),
        ];
        return new NetworkLayout("Big", 3, 2, false, OutputActivation.Identity, parameters, [], end, 0, 0);
    }

    private static void Draw(Span<float> values, int seed)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (i * 7919L + seed) % 1000003;
    }
}
