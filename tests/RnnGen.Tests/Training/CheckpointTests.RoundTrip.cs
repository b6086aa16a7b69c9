using System.Diagnostics;
using CsCheck;
using RnnGen.Runtime;
using RnnGen.Tests.Weights;
using RnnGen.Training;
using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <content>What is written can be read.</content>
public sealed partial class CheckpointTests
{
    [Fact]
    public void What_is_written_comes_back_with_the_same_bits_and_the_rest_leaves_the_old_file()
    {
        TrainerOptions options = Options(patience: 3);
        Gen<double> anyDouble = Gen.ULong.Select(BitConverter.UInt64BitsToDouble).Select(value => double.IsNaN(value) ? double.NaN : value);
        Gen<float> anyFloat = Gen.UInt.Select(BitConverter.UInt32BitsToSingle).Select(value => float.IsNaN(value) ? float.NaN : value);
        File.WriteAllText(Target, "old");
        int refused = 0;
        Gen.Select(RoundTripTests.Values, RoundTripTests.Values, Gen.UInt.Array[8], anyDouble.Array[3], anyFloat.Array[4], Gen.ULong).Sample(
            (weights, best, memory, running, losses, number) =>
            {
                float[] memories = [.. memory.Select(BitConverter.UInt32BitsToSingle)];
                var position = new FitPosition(new Lazy<FitSets>(new FitSets("a set", "none")))
                {
                    History = [.. losses.Select((loss, i) => new EpochReport(i + 1, new Score(loss, i == 0 ? null : loss), null, TimeSpan.FromTicks(i)))],
                    Batch = 7,
                    Running = new PassResult(running[0], running[1], running[2], (long)(number >> 1)),
                    BestEpoch = 2,
                    BestLoss = losses[0],
                    BestWeights = Packed(best),
                };
                var checkpoint = new Checkpoint(Packed(weights), [Packed(memories), Packed(memories)], (long)(number >> 1), number, position);
                byte[] old = File.ReadAllBytes(Target);
                if (!weights.Concat(best).All(float.IsFinite))
                {
                    refused++;
                    string message = Assert.Throws<ArithmeticException>(() => CheckpointFile.Write(Target, Net.Layout, options, checkpoint)).Message;
                    Assert.StartsWith($"{Target}: expected finite weights of {Net.Layout.Network}, got ", message, StringComparison.Ordinal);
                    Assert.Equal(old, File.ReadAllBytes(Target));
                    return;
                }

                CheckpointFile.Write(Target, Net.Layout, options, checkpoint);
                Checkpoint read = CheckpointFile.Read(Target, Net.Layout, options);
                Numbers.AssertSameBits(checkpoint.Weights, read.Weights);
                Assert.Equal(2, read.Slots.Length);
                Numbers.AssertSameBits(checkpoint.Slots[0], read.Slots[0]);
                Numbers.AssertSameBits(checkpoint.Slots[1], read.Slots[1]);
                Numbers.AssertSameBits(position.BestWeights, read.Position!.BestWeights!);
                Assert.Equal((checkpoint.Updates, checkpoint.Random), (read.Updates, read.Random));
                Assert.Equal((position.Running, position.Batch, position.BestEpoch), (read.Position.Running, read.Position.Batch, read.Position.BestEpoch));
                Assert.Equal(position.BestLoss, read.Position.BestLoss);
                Assert.Equal(position.History, read.Position.History);
            },
            iter: 300,
            threads: 1);
        Assert.InRange(refused, 10, 290);
    }

    [Fact]
    public void Training_that_diverges_leaves_the_last_good_checkpoint()
    {
        TrainerOptions Diverging() => Options(new Sgd(0.1f), schedule: LearningRateSchedule.Step(3, 1e40));
        (Net network, Trainer<Net> trainer) = Make(Diverging());
        var options = new CheckpointOptions(Target, 1);
        string message = Assert.Throws<ArithmeticException>(() => trainer.Fit(Set(1, 30), null, 4, null, options)).Message;
        Assert.StartsWith($"{Target}: expected finite weights of {Net.Layout.Network}, got ", message, StringComparison.Ordinal);
        Assert.Contains(network.Memory.PackedWeights.ToArray(), weight => !float.IsFinite(weight));
        Assert.Equal([Target], _folder.GetFiles().Select(file => file.FullName));

        (Net good, Trainer<Net> loaded) = Make(Diverging());
        loaded.LoadCheckpoint(Target);
        Assert.Equal(3, loaded.Updates);
        Assert.All(good.Memory.PackedWeights.ToArray(), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void An_update_that_ends_with_infinite_weights_does_not_replace_the_good_file()
    {
        using Net network = Net.Create(1);
        network.Memory.Save(Target);
        byte[] good = File.ReadAllBytes(Target);
        using var trainer = new Trainer<Net>(network, Options(new Sgd(3e38f)));
        trainer.Update(SequenceBatch.FromTimeMajor([100, -100, 100], 1, 1, 3), [2]);
        Assert.Contains(network.Memory.PackedWeights.ToArray(), float.IsInfinity);
        Assert.Throws<ArithmeticException>(() => network.Memory.Save(Target));
        Assert.Throws<ArithmeticException>(() => trainer.SaveCheckpoint(Target));
        Assert.Equal(good, File.ReadAllBytes(Target));
    }

    [SkippableFact]
    public void Devices_and_pipes_are_refused()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs mkfifo");
        using (var made = Process.Start("mkfifo", Target))
            made.WaitForExit();
        foreach (string path in new[] { Target, "/dev/null" })
        {
            (_, Trainer<Net> trainer) = Make(Options());
            string expected = $"{path}: expected a file, got a device or a pipe";
            Assert.Equal(expected, Assert.Throws<IOException>(() => trainer.SaveCheckpoint(path)).Message);
            Assert.Equal(expected, Assert.Throws<IOException>(() => trainer.LoadCheckpoint(path)).Message);
            Assert.Equal(expected, Assert.Throws<IOException>(() => trainer.Fit(Set(1, 30), null, 1, null, new CheckpointOptions(path, 1))).Message);
            Assert.Equal(0, trainer.Updates);
        }
    }

    [SkippableFact]
    public void A_link_to_a_file_that_is_yet_to_be_is_where_Fit_begins()
    {
        Skip.If(OperatingSystem.IsWindows(), "links need a privilege");
        File.CreateSymbolicLink(Target, "real");
        TrainingReport expected = Run(new CheckpointOptions(Target, 2), null, out _);
        Assert.NotNull(new FileInfo(Target).LinkTarget);
        AssertSame(expected, Run(new CheckpointOptions(Path.Combine(_folder.FullName, "real"), 2), null, out _));
    }

    [Fact]
    public void A_file_cut_short_while_it_is_read_is_damaged()
    {
        (_, Trainer<Net> trainer) = Make(Options());
        trainer.SaveCheckpoint(Target);
        byte[] whole = File.ReadAllBytes(Target);
        using var cut = new MemoryStream(whole[..^3]);
        using var stream = new LyingStream(cut, whole.Length);
        var file = new SafetensorsStream(stream);
        string message = Assert.Throws<FormatException>(() => file.Read(file.Tensors[^1])).Message;
        Assert.EndsWith("before the end of the file", message, StringComparison.Ordinal);
    }

    /// <summary>The network's weights, of which the drawn ones come again and again.</summary>
    private static float[] Packed(float[] drawn)
    {
        float[] packed = new float[Net.Layout.WeightsLength];
        int next = 0;
        foreach (ParameterLayout parameter in Net.Layout.Parameters)
            PackedTensor.Pack(parameter, [.. Enumerable.Range(0, parameter.Count).Select(_ => drawn[next++ % drawn.Length])], packed);
        return packed;
    }

    // Says to be as long as it was.
    private sealed class LyingStream(MemoryStream content, long length) : MemoryStream(content.ToArray())
    {
        public override long Length => length;
    }
}
