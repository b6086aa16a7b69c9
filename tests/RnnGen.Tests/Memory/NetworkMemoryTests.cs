using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

public sealed unsafe class NetworkMemoryTests
{
    private static readonly float[] AState = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Weights_and_state_are_aligned_and_apart()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        NetworkLayout layout = memory.Layout;
        Assert.Equal(layout.WeightsLength, memory.PackedWeights.Length);
        Assert.Equal(layout.StateLength, memory.PackedState.Length);
        float* weights = Pinned.Pointer(ref memory.Weights);
        float* state = Pinned.Pointer(ref memory.State);
        Assert.Equal(0u, (nuint)weights % 64);
        Assert.Equal(0u, (nuint)state % 64);
        Assert.True(state >= weights + layout.WeightsLength);
        weights[3] = 6;
        state[4] = 7;
        Assert.Equal((6f, 7f), (memory.PackedWeights[3], memory.PackedState[4]));
    }

    [Fact]
    public void Parameters_are_ordered_and_named()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        Assert.Equal(["cell0.weight", "cell0.bias", "head1.weight"], memory.Parameters.Select(parameter => parameter.Name));
        Assert.Same(memory.Parameters[1], memory.Parameters["cell0.bias"]);
        Assert.Equal([15, 3], memory.Parameters[0].Shape);
        Assert.Equal([15], memory.Parameters[1].Shape);
        Assert.Equal(45, memory.Parameters[0].Count);
        Assert.True(memory.Parameters.Contains("head1.weight"));
        Assert.False(memory.Parameters.Contains("head1.bias"));
        Assert.Equal(3, memory.Parameters.Count);
    }

    [Fact]
    public void An_unknown_name_is_answered_with_those_that_exist()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        var error = Assert.Throws<KeyNotFoundException>(() => memory.Parameters["lstm0.weight_ih"]);
        Assert.Equal("name: Handmade has no parameter \"lstm0.weight_ih\"; it has cell0.weight, cell0.bias, head1.weight", error.Message);
        Assert.Throws<ArgumentNullException>(() => memory.Parameters[null!]);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Parameters[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Parameters[-1]);
    }

    [Fact]
    public void The_state_is_canonical_outside_and_packed_inside()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        memory.SetState(AState);
        var packed = new float[32];
        AState.AsSpan(0, 5).CopyTo(packed.AsSpan(16)); // h comes first, but lies second
        AState.AsSpan(5, 3).CopyTo(packed);
        Assert.Equal(packed, memory.PackedState.ToArray());

        var copy = new float[8];
        memory.CopyStateTo(copy);
        Assert.Equal(AState, copy);
        PackedState.CopyTo(memory.Layout, packed, copy);
        Assert.Equal(AState, copy);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(9)]
    [InlineData(0)]
    public void A_state_of_another_length_is_refused(int length)
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        memory.SetState(AState);
        var set = Assert.Throws<ArgumentException>("source", () => memory.SetState(new float[length]));
        Assert.StartsWith($"source: expected 8 values (StateSize), got {length}", set.Message);
        Assert.Throws<ArgumentException>("destination", () => memory.CopyStateTo(new float[length]));
        Assert.Throws<ArgumentException>("source", () => PackedState.Set(memory.Layout, new float[length], new float[32]));
        Assert.Throws<ArgumentException>("packed", () => PackedState.Set(memory.Layout, AState, new float[31]));
        Assert.Throws<ArgumentException>("packed", () => PackedState.CopyTo(memory.Layout, new float[33], new float[8]));
        var copy = new float[8];
        memory.CopyStateTo(copy);
        Assert.Equal(AState, copy);
    }

    public static TheoryData<string> Uses => [.. UseByName.Keys];

    private static readonly Dictionary<string, Action<NetworkMemory, Parameter>> UseByName = new()
    {
        ["Weights"] = (memory, _) => Use(memory.Weights),
        ["State"] = (memory, _) => Use(memory.State),
        ["Threads"] = (memory, _) => memory.Threads = 2,
        ["PackedWeights"] = (memory, _) => Use(memory.PackedWeights.Length),
        ["PackedState"] = (memory, _) => Use(memory.PackedState.Length),
        ["Parameters"] = (memory, _) => Use(memory.Parameters),
        ["Initialize"] = (memory, _) => memory.Initialize(1),
        ["Save"] = (memory, _) => memory.Save(new MemoryStream()),
        ["Save file"] = (memory, _) => memory.Save(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "never")),
        ["Load"] = (memory, _) => memory.Load(new MemoryStream()),
        ["Load bytes"] = (memory, _) => memory.Load(ReadOnlySpan<byte>.Empty),
        ["Load file"] = (memory, _) => memory.Load("no such file"),
        ["CopyStateTo"] = (memory, _) => memory.CopyStateTo(new float[8]),
        ["SetState"] = (memory, _) => memory.SetState(new float[8]),
        ["Parameter.Set"] = (_, parameter) => parameter.Set(new float[parameter.Count]),
        ["Parameter.CopyTo"] = (_, parameter) => parameter.CopyTo(new float[parameter.Count]),
        ["Parameter.ToArray"] = (_, parameter) => parameter.ToArray(),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void After_Dispose_every_use_throws(string use)
    {
        var memory = new NetworkMemory(TestLayouts.Network());
        Parameter parameter = memory.Parameters[0];
        memory.Dispose();
        memory.Dispose(); // twice is allowed
        var error = Assert.Throws<ObjectDisposedException>(() => UseByName[use](memory, parameter));
        Assert.Equal("Handmade", error.ObjectName);
    }

    [Fact]
    public void A_network_too_large_for_an_array_is_refused()
    {
        NetworkLayout layout = TestLayouts.Network() with { WeightsLength = int.MaxValue, ScratchLength = int.MaxValue };
        var error = Assert.Throws<ArgumentOutOfRangeException>("layout", () => new NetworkMemory(layout));
        Assert.Contains("Handmade", error.Message);
        Assert.Throws<ArgumentNullException>(() => new NetworkMemory(null!));
    }

    [Fact]
    public void States_and_parameters_move_without_allocating()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        var state = new float[8];
        Parameter parameter = memory.Parameters[0];
        var values = new float[parameter.Count];
        AllocatedBytes.AssertNone(() =>
        {
            memory.SetState(state);
            memory.CopyStateTo(state);
            parameter.Set(values);
            parameter.CopyTo(values);
            _ = memory.Parameters["cell0.bias"];
        });
    }

    private static void Use<T>(T value) => _ = value;

    [Fact]
    public void Weights_that_were_not_embedded_are_named()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        var missing = Assert.Throws<FileNotFoundException>(() => memory.LoadEmbedded(typeof(NetworkMemoryTests).Assembly, "weights/net.safetensors"));
        Assert.Equal(
            $"{memory.Layout.Network}: expected weights/net.safetensors in RnnGen.Tests, got none: "
                + "it is embedded by RnnGen.targets, as an AdditionalFiles item",
            missing.Message);
    }
}
