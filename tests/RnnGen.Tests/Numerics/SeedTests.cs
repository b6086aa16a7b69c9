namespace RnnGen.Tests.Numerics;

/// <summary>A seed's weights, bit by bit: they must never change, whatever the packing, the machine or the version.</summary>
[Trait("Category", "Numerics")]
public sealed class SeedTests
{
    [Fact]
    public void A_seed_gives_these_bits()
    {
        using LstmClassifier network = new(seed: 1);
        Assert.Equal("3D7F45CD 3D4A6D9D BDA3C738", Bits(network.Parameters["lstm0.weight_ih"].ToArray()[..3]));
        Assert.Equal("BC3EB227 3CA3C4C0 3A0E5333", Bits(network.Parameters["dense2.bias"].ToArray()[..3]));
        Assert.Equal(0x797C80406F0E9459ul, Hash(network.Parameters));
    }

    [Fact]
    public void Every_layer_draws_from_PyTorch_s_range()
    {
        // 1 / sqrt(hidden units) for recurrent layers, 1 / sqrt(inputs) for dense ones.
        using DenseBetween network = new(seed: 7);
        AssertRange(network.Parameters, "rnn0", 17);
        AssertRange(network.Parameters, "dense1", 17);
        AssertRange(network.Parameters, "gru2", 7);
        AssertRange(network.Parameters, "dense4", 7);
    }

    private static void AssertRange(ParameterCollection parameters, string layer, int fanIn)
    {
        IEnumerable<Parameter> ofLayer = parameters.Where(parameter => parameter.Name.StartsWith(layer + ".", StringComparison.Ordinal));
        float[] values = [.. ofLayer.SelectMany(parameter => parameter.ToArray())];
        float bound = 1 / MathF.Sqrt(fanIn);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.InRange(values.Max(MathF.Abs), 0.8f * bound, bound);
        Assert.True(values.Distinct().Count() > 0.9 * values.Length);
    }

    private static string Bits(float[] values) => string.Join(' ', values.Select(value => $"{BitConverter.SingleToInt32Bits(value):X8}"));

    /// <summary>FNV-1a over the bits of all parameters in their order.</summary>
    private static ulong Hash(ParameterCollection parameters)
    {
        ulong hash = 14695981039346656037;
        foreach (float value in parameters.SelectMany(parameter => parameter.ToArray()))
            hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
        return hash;
    }
}
