using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RnnGen.Tests.Weights;
using RnnGen.Training;
using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.ManyToOneSoftmax>;

namespace RnnGen.Tests.Training;

/// <content>What is refused, and what becomes of files.</content>
public sealed partial class CheckpointTests
{
    [Fact]
    public void Another_network_other_options_or_other_sets_are_refused_by_name()
    {
        var options = new CheckpointOptions(Target, 1);
        Run(options, null, out _);
        string Refused(TrainerOptions other)
        {
            (Net network, Trainer<Net> trainer) = Make(other);
            float[] before = network.Memory.PackedWeights.ToArray();
            string message = Assert.Throws<ArgumentException>(() => trainer.LoadCheckpoint(Target)).Message;
            Numbers.AssertSameBits(before, network.Memory.PackedWeights);
            Assert.Equal(0, trainer.Updates);
            Assert.StartsWith(Target, message, StringComparison.Ordinal);
            return message;
        }

        Assert.Contains("BatchSize: expected 7, which the checkpoint was made with, got 8", Refused(Options(batchSize: 8)), StringComparison.Ordinal);
        Assert.Contains("Seed: expected 3, which the checkpoint was made with, got 4", Refused(Options(seed: 4)), StringComparison.Ordinal);
        Assert.Contains("Optimizer: expected Adam(learningRate: 0.01,", Refused(Options(new Adam(0.02f))), StringComparison.Ordinal);
        Assert.Contains(
            "got Sgd(learningRate: 0.01, momentum: 0.5, nesterov: False, weightDecay: 0)", Refused(Options(new Sgd(0.01f, 0.5f))), StringComparison.Ordinal);
        Assert.Contains("Patience: expected null, which the checkpoint was made with, got 3", Refused(Options(patience: 3)), StringComparison.Ordinal);
        Assert.Contains("Schedule: expected Constant", Refused(Options(schedule: LearningRateSchedule.Step(5, 0.5))), StringComparison.Ordinal);

        using var perStep = new Trainer<LinearNetwork<PerStepSoftmax>>(LinearNetwork<PerStepSoftmax>.Create(1), Options());
        perStep.LoadCheckpoint(Target); // the same parameters: only Fit's sets can tell
        using var lstm = new CheckpointedNetwork(1);
        using var another = new Trainer<CheckpointedNetwork>(lstm, Options());
        Assert.Contains(
            "expected one of the network CheckpointedNetwork, got one of LinearNetwork",
            Assert.Throws<ArgumentException>(() => another.LoadCheckpoint(Target)).Message,
            StringComparison.Ordinal);

        (Net same, Trainer<Net> trainer) = Make(Options());
        float[] before = same.Memory.PackedWeights.ToArray();
        var thrown = Assert.Throws<ArgumentException>(() => trainer.Fit(Set(1, 31), Set(2, 10), 5, null, options));
        Assert.Equal("training", thrown.ParamName);
        Assert.Contains("(30 sequences of up to 6 steps", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("got another (31 sequences", thrown.Message, StringComparison.Ordinal);
        Assert.Equal("validation", Assert.Throws<ArgumentException>(() => trainer.Fit(Set(1, 30), null, 5, null, options)).ParamName);
        Assert.Equal("validation", Assert.Throws<ArgumentException>(() => trainer.Fit(Set(1, 30), Set(3, 10), 5, null, options)).ParamName);
        Numbers.AssertSameBits(before, same.Memory.PackedWeights);
        trainer.SaveCheckpoint(Target);
        thrown = Assert.Throws<ArgumentException>(() => trainer.Fit(Set(1, 30), null, 5, null, options));
        Assert.Contains("made outside of it", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_refused_wherever_a_bit_has_flipped()
    {
        (Net network, Trainer<Net> trainer) = Make(Options());
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(Set(1, 30), Set(2, 10), 3, new Listener(
            told => StopIf(told.Epoch == 2 && told.Batch == 2)), new CheckpointOptions(Target, 1)));
        byte[] good = File.ReadAllBytes(Target);
        (Net other, Trainer<Net> resumed) = Make(Options(), seed: 4);
        float[] before = other.Memory.PackedWeights.ToArray();
        for (int i = 0; i < good.Length; i++)
        {
            byte[] bad = [.. good];
            bad[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(Target, bad);
            try
            {
                resumed.LoadCheckpoint(Target);
                Assert.Equal((byte)' ', good[i]); // white space that may as well be another
            }
            catch (Exception refused) when (refused is FormatException or ArgumentException)
            {
                Assert.Contains(Target, refused.Message, StringComparison.Ordinal);
                Numbers.AssertSameBits(before, other.Memory.PackedWeights);
                continue;
            }

            other.Memory.PackedWeights.Clear();
            before.CopyTo(other.Memory.PackedWeights);
        }

        for (int length = 0; length < good.Length; length += 97)
        {
            File.WriteAllBytes(Target, good[..length]);
            Assert.Throws<FormatException>(() => resumed.LoadCheckpoint(Target));
        }

        Assert.Equal(before, other.Memory.PackedWeights.ToArray());
        Assert.NotEqual(network.Memory.PackedWeights.ToArray(), other.Memory.PackedWeights.ToArray());
    }

    [Fact]
    public void Files_of_other_kinds_are_refused()
    {
        (_, Trainer<Net> trainer) = Make(Options());
        void Refused(string part, byte[] file)
        {
            File.WriteAllBytes(Target, file);
            Assert.Contains(part, Assert.Throws<FormatException>(() => trainer.LoadCheckpoint(Target)).Message, StringComparison.Ordinal);
        }

        Refused("metadata \"format\": expected a text, got none", RawSafetensors.Of("{}"));
        Refused("expected \"rnngen.checkpoint\", got \"pt\"", RawSafetensors.Of("""{"__metadata__":{"format":"pt"}}"""));
        Refused("metadata \"version\": expected \"1\", got \"2\"", RawSafetensors.Of("""{"__metadata__":{"format":"rnngen.checkpoint","version":"2"}}"""));
        Refused("SHA-256", RawSafetensors.Of("""{"__metadata__":{"format":"rnngen.checkpoint","version":"1","sha256":"00"}}"""));
        Refused("expected JSON", [.. RawSafetensors.Of(5, Encoding.ASCII.GetBytes("hello"), [])]);
        Assert.Throws<FileNotFoundException>(() => trainer.LoadCheckpoint(Target + "none"));
        Assert.Throws<DirectoryNotFoundException>(() => trainer.SaveCheckpoint(Path.Combine(Target + "none", "file")));
        Assert.Throws<ArgumentException>(() => trainer.SaveCheckpoint(""));
        Assert.Throws<ArgumentNullException>(() => trainer.LoadCheckpoint(null!));
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => new CheckpointOptions("", 1)).ParamName);
        Assert.Equal("every", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointOptions("a", 0)).ParamName);
    }

    [Fact]
    public void Weights_that_are_not_finite_leave_the_last_good_checkpoint()
    {
        (Net network, Trainer<Net> trainer) = Make(Options());
        trainer.SaveCheckpoint(Target);
        byte[] good = File.ReadAllBytes(Target);
        network.Memory.PackedWeights[0] = float.NaN;
        Assert.Contains(Target, Assert.Throws<ArithmeticException>(() => trainer.SaveCheckpoint(Target)).Message, StringComparison.Ordinal);
        Assert.Equal(good, File.ReadAllBytes(Target));
    }

    [Theory]
    [InlineData("weights.", float.NaN)]
    [InlineData("weights.", float.PositiveInfinity)]
    [InlineData("best.", float.NaN)]
    public void Weights_in_a_file_are_finite_or_the_file_is_refused(string prefix, float value)
    {
        (_, Trainer<Net> killed) = Make(Options(patience: 3));
        Assert.Throws<OperationCanceledException>(() => killed.Fit(Set(1, 30), Set(2, 10), 3, new Listener(
            told => StopIf(told.Epoch == 2 && told.Batch == 2)), new CheckpointOptions(Target, 1)));
        string tensor = "";
        Rewrite((header, data) =>
        {
            (tensor, JsonNode? entry) = header.First(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal));
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan((int)entry!["data_offsets"]![0]!), value);
        });

        (Net network, Trainer<Net> resumed) = Make(Options(patience: 3), seed: 77);
        float[] before = network.Memory.PackedWeights.ToArray();
        string message = Assert.Throws<FormatException>(() => resumed.LoadCheckpoint(Target)).Message;
        Assert.Contains($"\"{tensor}\": expected finite values", message, StringComparison.Ordinal);
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(0, resumed.Updates);
    }

    [Fact]
    public void Leftovers_of_killed_writers_go_and_nothing_else()
    {
        string Beside(string name)
        {
            string path = Path.Combine(_folder.FullName, name);
            File.WriteAllText(path, "half");
            return path;
        }

        string left = Beside($".training.checkpoint.{Guid.NewGuid():N}.tmp");
        string[] others = [Beside(".training.checkpoint.mine.tmp"), Beside($".other.checkpoint.{Guid.NewGuid():N}.tmp"), Beside("training.checkpoint.tmp")];
        string written = Beside($".training.checkpoint.{Guid.NewGuid():N}.tmp");
        using (new FileStream(written, FileMode.Open, FileAccess.Write, FileShare.None))
            Run(new CheckpointOptions(Target, 5), null, out _);
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(written)); // someone was writing it
        Assert.All(others, path => Assert.True(File.Exists(path)));
    }

    /// <summary>Changes the checkpoint's header and data, and makes its hash right.</summary>
    private void Rewrite(Action<JsonObject, byte[]> change)
    {
        byte[] file = File.ReadAllBytes(Target);
        int end = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(8, end - 8))!.AsObject();
        byte[] data = file[end..];
        change(header, data);
        JsonObject texts = header["__metadata__"]!.AsObject();
        texts.Remove("sha256");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(data);
        foreach ((string name, JsonNode? text) in texts.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\0{text}\0"));
        texts["sha256"] = Convert.ToHexStringLower(hash.GetHashAndReset());
        byte[] changed = Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(Target, RawSafetensors.Of((ulong)changed.Length, changed, data));
    }
}
