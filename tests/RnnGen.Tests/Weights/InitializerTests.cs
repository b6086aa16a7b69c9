using RnnGen.Runtime;
using RnnGen.Tests.Memory;

namespace RnnGen.Tests.Weights;

public sealed class InitializerTests
{
    // Calculated apart, in Python's integers.
    [Fact]
    public void A_seed_gives_these_bits_and_no_others()
    {
        using var memory = new NetworkMemory(TestLayouts.Network());
        memory.Initialize(1);
        uint[] first = Bits(memory.Parameters["cell0.weight"])[..4];
        uint[] last = Bits(memory.Parameters["head1.weight"])[^2..];
        Assert.Equal((uint[])[0x3E9F8BA0, 0x3E7D0904, 0xBECCB906, 0x3E7C2044], first);
        Assert.Equal((uint[])[0xBEAC4322, 0x3D443190], last);
    }

    [Fact]
    public void The_same_seed_gives_the_same_values_whatever_the_packing()
    {
        using var one = new NetworkMemory(TestLayouts.Network(block: 4));
        using var other = new NetworkMemory(TestLayouts.Network(block: 16));
        one.Initialize(-7);
        other.Initialize(-7);
        Assert.All(one.Parameters, parameter => Assert.Equal(Bits(parameter), Bits(other.Parameters[parameter.Name])));
    }

    [Fact]
    public void Another_seed_gives_other_values()
    {
        using var one = new NetworkMemory(TestLayouts.Network());
        using var other = new NetworkMemory(TestLayouts.Network());
        one.Initialize(1);
        other.Initialize(2);
        Assert.All(one.Parameters, parameter => Assert.NotEqual(Bits(parameter), Bits(other.Parameters[parameter.Name])));
        other.Initialize(1);
        Assert.All(one.Parameters, parameter => Assert.Equal(Bits(parameter), Bits(other.Parameters[parameter.Name])));
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(0.1f)]
    [InlineData(3e-3f)]
    public void Values_fill_the_bound_and_padding_stays_zero(float bound)
    {
        using var memory = new NetworkMemory(TestLayouts.Network(bound: bound));
        for (long seed = 0; seed < 200; seed++)
        {
            memory.Initialize(seed);
            Assert.All(memory.PackedWeights.ToArray(), value => Assert.True(value >= -bound && value < bound));
        }

        int values = memory.Parameters.Sum(parameter => parameter.Count);
        Assert.InRange(memory.PackedWeights.ToArray().Count(value => value != 0), values - 1, values);
        Assert.Contains(memory.PackedWeights.ToArray(), value => Math.Abs(value) > 0.8f * bound);
    }

    [Fact]
    public void A_bound_of_zero_gives_plain_zeros()
    {
        using var memory = new NetworkMemory(TestLayouts.Network(bound: 0));
        memory.Initialize(1);
        Assert.All(memory.Parameters, parameter => Assert.All(Bits(parameter), bits => Assert.Equal(0u, bits)));
    }

    [Fact]
    public void A_gate_may_begin_with_a_value_of_its_own_and_the_others_do_not_change()
    {
        NetworkLayout plain = TestLayouts.Network();
        GateLayout[] gates = [.. plain.Parameters[1].Gates.Select((gate, index) => index == 1 ? gate with { InitialValue = 0.75f } : gate)];
        using var one = new NetworkMemory(plain);
        using var other = new NetworkMemory(plain with { Parameters = [plain.Parameters[0], plain.Parameters[1] with { Gates = gates }, plain.Parameters[2]] });
        one.Initialize(5);
        other.Initialize(5);

        float[] expected = one.Parameters["cell0.bias"].ToArray();
        expected.AsSpan(5, 5).Fill(0.75f);
        Assert.Equal(expected, other.Parameters["cell0.bias"].ToArray());
        Assert.Equal(one.Parameters["cell0.weight"].ToArray(), other.Parameters["cell0.weight"].ToArray());
        Assert.Equal(one.Parameters["head1.weight"].ToArray(), other.Parameters["head1.weight"].ToArray());
    }

    private static uint[] Bits(Parameter parameter) => [.. parameter.ToArray().Select(BitConverter.SingleToUInt32Bits)];
}
