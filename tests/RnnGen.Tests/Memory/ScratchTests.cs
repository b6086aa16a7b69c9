using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

/// <summary>What sums start from.</summary>
public sealed class ScratchTests
{
    /// <summary>Floats side by side of the widest tile: four vectors of AVX-512.</summary>
    private const int WidestTile = 4 * 16;

    [Fact]
    public void There_are_zeros_for_the_widest_tile_and_nothing_but_zeros()
    {
        ReadOnlySpan<float> zeros = Scratch.ZeroRow;
        Assert.True(Unsafe.AreSame(ref Scratch.Zeros, ref MemoryMarshal.GetReference(zeros)));
        Assert.InRange(zeros.Length, WidestTile, int.MaxValue);
        Assert.Equal(-1, MemoryMarshal.Cast<float, int>(zeros).IndexOfAnyExcept(0));
    }
}
