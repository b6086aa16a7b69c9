using System.Runtime.CompilerServices;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>The largest state that is a value is one like any other, for whatever .NET does with values.</summary>
[Trait("Category", "Numerics")]
public sealed class LargestStateTests
{
    private const int Bytes = 8192;

    [Fact]
    public void It_is_the_largest()
    {
        Assert.Equal(Bytes, Unsafe.SizeOf<LargestState.State>());
        Assert.False(typeof(SmallestStateClass.State).IsValueType);
    }

    [Fact]
    public void Arrays_lists_and_dictionaries_hold_it()
    {
        var (zero, other) = States();
        LargestState.State[] array = [zero, other];
        array.AsSpan().Reverse();
        List<LargestState.State> list = [.. array];
        Dictionary<int, LargestState.State> dictionary = new() { [1] = zero, [2] = other };
        HashSet<LargestState.State> set = [zero, other, zero];
        (LargestState.State State, int Number)[] pairs = [(zero, 1), (other, 2)];

        Assert.True(array[0] == other);
        Assert.True(list[1] == zero);
        Assert.Equal(1, list.IndexOf(zero));
        Assert.True(dictionary[2] == other);
        Assert.Equal(2, set.Count);
        Assert.Contains(other, set);
        Assert.True(pairs[1].State == other);
    }

    [Fact]
    public void It_is_compared_hashed_and_boxed()
    {
        var (zero, other) = States();
        object boxed = other;
        LargestState.State copy = (LargestState.State)boxed;
        LargestState.State? maybe = other;

        Assert.True(copy == other && copy.Equals(other) && boxed.Equals(other) && EqualityComparer<LargestState.State>.Default.Equals(copy, other));
        Assert.True(copy != zero && !copy.Equals(zero) && !boxed.Equals(zero) && !EqualityComparer<LargestState.State>.Default.Equals(copy, zero));
        Assert.Equal(other.GetHashCode(), boxed.GetHashCode());
        Assert.NotEqual(zero.GetHashCode(), other.GetHashCode());
        Assert.True(maybe == other);
    }

    [Fact]
    public async Task It_goes_through_steps_runs_and_waits()
    {
        using var network = new LargestState(seed: 1);
        float[] frames = Numbers.Draw(1, 3), expected = new float[3];
        network.Run(frames, expected);
        LargestState.State stream = default;
        for (int step = 0; step < 3; step++)
        {
            stream = await Waited(stream);
            float[] output = new float[1];
            network.Step(ref stream, frames.AsSpan(step, 1), output);
            Assert.Equal(expected[step], output[0]);
        }

        Assert.True(stream == network.CurrentState);
        var streams = new LargestState.State[2];
        network.Step(streams, frames.AsSpan(0, 2), expected.AsSpan(0, 2));
        network.CurrentState = stream;
        float[] values = new float[LargestState.StateSize];
        network.CopyStateTo(values);
        Assert.Equal(frames, values[^3..]);
    }

    private static async Task<LargestState.State> Waited(LargestState.State state)
    {
        await Task.Yield();
        return state;
    }

    private static (LargestState.State Zero, LargestState.State Other) States()
    {
        LargestState.State other = default;
        other.Set(Numbers.Draw(1, LargestState.StateSize));
        return (default, other);
    }
}
