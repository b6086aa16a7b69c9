using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

public sealed unsafe class ArenaTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100_003)]
    public void Is_zeroed_and_aligned(long floats)
    {
        for (int i = 0; i < 20; i++)
        {
            var arena = new Arena(floats);
            Assert.Equal(floats, arena.Length);
            Assert.Equal(floats, arena.Span.Length);
            Assert.Equal(0u, (nuint)arena.Pointer % 64);
            Assert.True(arena.Span.IndexOfAnyExcept(0f) < 0);
            arena.Span.Fill(1); // dirty, so that memory used again would show
        }
    }

    [Fact]
    public void Span_and_pointer_are_the_same_memory()
    {
        var arena = new Arena(33);
        arena.Pointer[32] = 7;
        Assert.Equal(7, arena.Span[32]);
        GC.Collect();
        Assert.Equal(7, arena.Pointer[32]);
        fixed (float* first = arena.Span)
        {
            Assert.True(first == arena.Pointer);
        }

        GC.KeepAlive(arena);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_impossible_length_is_refused(long floats)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Arena(floats));
        Assert.Contains($"got {floats}", error.Message);
    }

    [Fact]
    public void A_plan_aligns_its_blocks_and_notices_overflow()
    {
        var plan = new ArenaPlan();
        Assert.Equal(new ArenaBlock(0, 1), plan.Take(1));
        Assert.Equal(new ArenaBlock(16, 16), plan.Take(16));
        Assert.Equal(new ArenaBlock(32, 0), plan.Take(0));
        Assert.Equal(new ArenaBlock(32, 17), plan.Take(17));
        Assert.Equal(64, plan.Length);
        Assert.True(plan.Fits);
        plan.Take((Int128)int.MaxValue * int.MaxValue * int.MaxValue);
        Assert.False(plan.Fits);
    }
}
