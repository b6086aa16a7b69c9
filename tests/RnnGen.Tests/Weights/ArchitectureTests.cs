using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using RnnGen.Runtime;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Weights;

/// <summary>Files say what their network computes, and go into no network that computes something else.</summary>
public sealed unsafe class ArchitectureTests : IDisposable
{
    private const string Expected = "expected Rnn(Activation = Relu, Units = 4), got Rnn(Units = 4)";
    private const string Text = "Network(InputSize = 3); Rnn(Units = 4); LastStep; Dense(Units = 2)";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-architecture-");

    private string Target => Path.Combine(_folder.FullName, "weights");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_the_network_computes_is_in_the_file_beside_PyTorch_s_format()
    {
        byte[] file = Save();
        using JsonDocument header = JsonDocument.Parse(file.AsMemory(8, (int)BinaryPrimitives.ReadInt64LittleEndian(file)));
        JsonElement metadata = header.RootElement.GetProperty("__metadata__");
        Assert.Equal("pt", metadata.GetProperty("format").GetString());
        Assert.Equal(Text, metadata.GetProperty("rnngen.architecture.1").GetString());
        Assert.Equal(2, metadata.EnumerateObject().Count());
    }

    /// <summary>Dropout, precision, names of classes: nothing that inference does not compute.</summary>
    [Fact]
    public void What_training_saved_goes_into_the_network_that_infers()
    {
        byte[] file = Save();
        File.WriteAllBytes(Target, file);
        using InferredNetwork loaded = InferredNetwork.Load(file), fromFile = InferredNetwork.Load(Target);
        using InferredNetwork fromStream = InferredNetwork.Load(new MemoryStream(file));
        using var trained = new TrainedNetwork(seed: 1);
        foreach (InferredNetwork network in (InferredNetwork[])[loaded, fromStream, fromFile])
            Assert.Equal(trained.Parameters.SelectMany(each => each.ToArray()), network.Parameters.SelectMany(each => each.ToArray()));
    }

    [Fact]
    public void Weights_of_a_network_that_computes_something_else_are_refused_by_name_unless_they_are_meant()
    {
        byte[] file = Save();
        File.WriteAllBytes(Target, file);
        string fromFile = Refused(() => ReluNetwork.Load(Target));
        Assert.StartsWith(Target + ": ", fromFile, StringComparison.Ordinal);
        Assert.Equal(fromFile, Target + ": " + Refused(() => ReluNetwork.Load(file)));
        Assert.Equal(fromFile, Target + ": " + Refused(() => ReluNetwork.Load(new MemoryStream(file))));
        Assert.Equal(fromFile, Refused(() => ReluNetwork.Load(Target, new LoadOptions())));

        var options = new LoadOptions { IgnoreArchitecture = true };
        using var trained = new TrainedNetwork(seed: 1);
        using ReluNetwork one = ReluNetwork.Load(Target, options), two = ReluNetwork.Load(file, options);
        using ReluNetwork three = ReluNetwork.Load(new MemoryStream(file), options);
        foreach (ReluNetwork network in (ReluNetwork[])[one, two, three, Generic<ReluNetwork>(Target, file, options)])
            Assert.Equal(trained.Parameters.SelectMany(each => each.ToArray()), network.Parameters.SelectMany(each => each.ToArray()));

        static string Refused(Func<ReluNetwork> load)
        {
            string message = Assert.Throws<FormatException>(load).Message;
            Assert.Contains(Expected, message, StringComparison.Ordinal);
            Assert.Contains("LoadOptions.IgnoreArchitecture", message, StringComparison.Ordinal);
            return message;
        }
    }

    /// <summary>What does not say it was written by others, or before files said it.</summary>
    [Theory]
    [InlineData("rnngen.architecture.1", false)]
    [InlineData("rnngen.architecture.2", true)]
    [InlineData("made_by", true)]
    public void A_file_that_does_not_say_it_is_taken(string key, bool taken)
    {
        string renamed = Encoding.Latin1.GetString(Save()).Replace("rnngen.architecture.1", key.PadRight(21, '_'), StringComparison.Ordinal);
        byte[] file = Encoding.Latin1.GetBytes(renamed);
        if (taken)
            ReluNetwork.Load(file).Dispose();
        else
            Assert.Throws<FormatException>(() => ReluNetwork.Load(file));
    }

    /// <summary>A network made by hand says nothing and takes all.</summary>
    [Fact]
    public void A_layout_without_an_architecture_compares_none()
    {
        using NetworkMemory memory = TinyNetwork.CreateSet(), other = new(memory.Layout with { Architecture = "Network(InputSize = 3)" });
        other.Load(TinyNetwork.Save(memory));
        memory.Load(TinyNetwork.Save(other));
        using var third = new NetworkMemory(memory.Layout with { Architecture = "Network(InputSize = 2)" });
        Assert.Contains(
            "expected Network(InputSize = 2), got Network(InputSize = 3)",
            Assert.Throws<FormatException>(() => third.Load(TinyNetwork.Save(other))).Message,
            StringComparison.Ordinal);
        Assert.All(TinyNetwork.Weights(third), value => Assert.Equal(0, value));
    }

    [Fact]
    public void C_gets_the_code_and_the_text()
    {
        using var relu = new ReluNetwork(seed: 1);
        using var stream = new MemoryStream();
        relu.Save(stream);
        File.WriteAllBytes(Target, stream.ToArray());
        nint network = 1, path = Marshal.StringToCoTaskMemUTF8(Target);
        NativeStatus status = NativeNetwork<InferredNetwork>.CreateFromFile(path, (nint)(&network));
        Marshal.FreeCoTaskMem(path);
        Assert.Equal(NativeStatus.BadWeights, status);
        Assert.Equal(0, network);
        byte[] text = new byte[1024];
        fixed (byte* buffer = text)
            NativeErrors.Copy((nint)buffer, (nuint)text.Length);
        Assert.Contains("expected Rnn(Units = 4), got Rnn(Activation = Relu, Units = 4)", Encoding.UTF8.GetString(text), StringComparison.Ordinal);
    }

    [Fact]
    public void Training_goes_on_in_the_network_that_it_began_in()
    {
        using var tanh = new WithTanh.Learner(seed: 1);
        TrainerOf(tanh).SaveCheckpoint(Target);

        using var other = new WithTanh.Learner(seed: 2);
        TrainerOf(other).LoadCheckpoint(Target);
        Assert.Equal(tanh.Parameters.SelectMany(each => each.ToArray()), other.Parameters.SelectMany(each => each.ToArray()));
        using var eightBits = new WithEightBits.Learner(seed: 2);
        TrainerOf(eightBits).LoadCheckpoint(Target); // training computes the same

        using var relu = new WithRelu.Learner(seed: 2);
        AssertRefused(relu, "with Rnn(Activation = Relu, Units = 4), got one of another Learner, with Rnn(Units = 4)");

        // It would not end with the same bits.
        using var moreDropout = new WithMoreDropout.Learner(seed: 2);
        AssertRefused(moreDropout, "with Dropout(Rate = 0.5), got one of another Learner, with Dropout(Rate = 0.25)");
    }

    private void AssertRefused<TNetwork>(TNetwork network, string part)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] before = network.Memory.PackedWeights.ToArray();
        using Trainer<TNetwork> trainer = TrainerOf(network);
        string message = Assert.Throws<ArgumentException>(() => trainer.LoadCheckpoint(Target)).Message;
        Assert.StartsWith(Target, message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
    }

    private static Trainer<TNetwork> TrainerOf<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork> => new(network, new TrainerOptions { Optimizer = new Adam(0.01f), Loss = Loss.CrossEntropy });

    /// <summary>As tools do that know no class.</summary>
    private static TNetwork Generic<TNetwork>(string path, byte[] file, LoadOptions options)
        where TNetwork : class, INetwork<TNetwork>
    {
        TNetwork.Load(file, options).Dispose();
        TNetwork.Load(new MemoryStream(file), options).Dispose();
        return TNetwork.Load(path, options);
    }

    private static byte[] Save()
    {
        using var network = new TrainedNetwork(seed: 1);
        using var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }
}
