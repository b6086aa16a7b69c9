using System.Runtime.InteropServices;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A state survives as bytes, in another process as well: it is only numbers.</summary>
[Trait("Category", "Numerics")]
public sealed class StateBytesTests
{
    [Fact]
    public void Of_gates() => The_future_is_the_same<TwoKinds>();

    [Fact]
    public void Of_both_directions() => The_future_is_the_same<BothWaysNetwork>();

    [Fact]
    public void Of_a_mean() => The_future_is_the_same<MeanOfGru>();

    [Fact]
    public void Of_a_maximum() => The_future_is_the_same<MaxOfDense>();

    [Fact]
    public void Of_past_frames() => The_future_is_the_same<DilatedConvolution>();

    private static void The_future_is_the_same<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(1);
        Run(network, seed: 1);
        byte[] bytes = new byte[TNetwork.StateSize * sizeof(float)];
        network.CopyStateTo(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        float[] expected = Run(network, seed: 2);
        Assert.NotEqual(expected, Run(TNetwork.Create(1), seed: 2)); // the state matters

        using var file = new MemoryStream();
        network.Memory.Save(file);
        using TNetwork other = TNetwork.Load(file.ToArray());
        other.SetState(MemoryMarshal.Cast<byte, float>(bytes));
        Numbers.AssertSameBits(expected, Run(other, seed: 2));
        byte[] after = new byte[bytes.Length];
        network.CopyStateTo(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
        other.CopyStateTo(MemoryMarshal.Cast<byte, float>(after.AsSpan()));
        Assert.Equal(bytes, after);
    }

    private static float[] Run<TNetwork>(TNetwork network, int seed)
        where TNetwork : class, INetwork<TNetwork>
    {
        const int Steps = 6;
        float[] outputs = new float[(TNetwork.Layout.ManyToOne ? 1 : Steps) * TNetwork.OutputSize];
        network.Run(Numbers.Draw(seed, Steps * TNetwork.InputSize), outputs);
        return outputs;
    }
}
