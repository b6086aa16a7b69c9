using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>A state that is too large to be a value goes through all that takes states: as a class that is shared until it is cloned.</summary>
[Trait("Category", "Numerics")]
public sealed class StateClassTests : IDisposable
{
    private const int Steps = 3;
    private const int Streams = 4;
    private const int Features = MegabyteState.InputSize;
    private const int Outputs = MegabyteState.OutputSize;

    private readonly MegabyteState _network = new(seed: 1);

    public void Dispose() => _network.Dispose();

    [Fact]
    public void It_is_a_megabyte() => Assert.Equal(1 << 20, MegabyteState.StateSize * sizeof(float));

    [Fact]
    public void Steps_and_runs_go_on_from_it()
    {
        MegabyteState.State stepped = Started(1), run = stepped.Clone();
        float[] frames = Numbers.Draw(2, Steps * Features), expected = new float[Steps * Outputs], outputs = new float[Steps * Outputs];
        _network.CurrentState = stepped;
        _network.Run(frames, expected);

        for (int step = 0; step < Steps; step++)
            _network.Step(ref stepped, frames.AsSpan(step * Features, Features), outputs.AsSpan(step * Outputs, Outputs));
        Numbers.AssertSameBits(expected, outputs);
        _network.Run(ref run, frames, outputs);
        Numbers.AssertSameBits(expected, outputs);
        Assert.True(stepped == run && stepped == _network.CurrentState);
    }

    [Fact]
    public void Streams_that_step_together_are_those_that_step_alone()
    {
        MegabyteState.State[] together = [.. Enumerable.Range(1, Streams).Select(Started)], alone = [.. together.Select(state => state.Clone())];
        float[] frames = Numbers.Draw(3, Streams * Features), outputs = new float[Streams * Outputs], expected = new float[Streams * Outputs];
        bool[] active = [true, false, true, true];
        _network.Step(together, frames, outputs, active);

        for (int stream = 0; stream < Streams; stream++)
            if (active[stream])
                _network.Step(ref alone[stream], frames.AsSpan(stream * Features, Features), expected.AsSpan(stream * Outputs, Outputs));
        Closeness.Check("state class", "outputs", expected, outputs, Closeness.Forward);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void Batches_go_on_from_states_and_leave_them_where_the_sequences_end()
    {
        MegabyteState.State[] states = [.. Enumerable.Range(1, Streams).Select(Started)], alone = [.. states.Select(state => state.Clone())];
        float[] data = Numbers.Draw(4, Steps * Streams * Features), outputs = new float[Steps * Streams * Outputs];
        _network.Run(states, SequenceBatch.FromTimeMajor(data, Steps, Streams, Features), outputs);

        float[] output = new float[Outputs];
        for (int stream = 0; stream < Streams; stream++)
            for (int step = 0; step < Steps; step++)
                _network.Step(ref alone[stream], data.AsSpan(((step * Streams) + stream) * Features, Features), output);
        Assert.Equal(alone, states);
    }

    [Fact]
    public void Variables_share_it_and_a_clone_does_not()
    {
        MegabyteState.State state = Started(1), shared = state, clone = state.Clone();
        float[] output = new float[Outputs];
        _network.Step(ref state, Numbers.Draw(5, Features), output);

        Assert.True(shared == state && shared.Equals((object)state) && shared.GetHashCode() == state.GetHashCode());
        Assert.True(clone != state && !clone.Equals(state) && !clone.Equals(null) && clone != null);
    }

    [Fact]
    public void Reading_the_networks_own_takes_a_snapshot_and_setting_it_copies()
    {
        float[] frame = Numbers.Draw(6, Features), output = new float[Outputs];
        MegabyteState.State before = _network.CurrentState, set = Started(2), copy = set.Clone();
        _network.Step(frame, output);
        Assert.True(before == _network.InitialState && before == new MegabyteState.State() && before != _network.CurrentState);

        _network.CurrentState = set;
        _network.Step(frame, output);
        Assert.True(set == copy && set != _network.CurrentState);
        float[] values = new float[MegabyteState.StateSize], own = new float[MegabyteState.StateSize];
        _network.CurrentState.CopyTo(values);
        _network.CopyStateTo(own);
        Numbers.AssertSameBits(own, values);
        Assert.StartsWith("conv1d0.past [", set.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_state_is_refused_and_nothing_is_stepped()
    {
        MegabyteState.State state = Started(1), before = state.Clone(), nothing = null!;
        float[] frames = Numbers.Draw(7, 2 * Features), outputs = new float[2 * Outputs];

        Assert.Throws<ArgumentNullException>("state", () => _network.Step(ref nothing, frames.AsSpan(0, Features), outputs.AsSpan(0, Outputs)));
        Assert.Throws<ArgumentNullException>("value", () => _network.CurrentState = nothing);
        Assert.Contains("twice", Assert.Throws<ArgumentException>("streams", () => _network.Step([state, state], frames, outputs)).Message, StringComparison.Ordinal);
        Assert.Contains("null at 1", Assert.Throws<ArgumentException>("streams", () => _network.Step([state, nothing], frames, outputs)).Message, StringComparison.Ordinal);
        Assert.True(state == before);
        Assert.Equal(new float[2 * Outputs], outputs);
        _network.Step([state, before], frames, outputs); // A call that was refused keeps none of them.
    }

    private static MegabyteState.State Started(int seed)
    {
        MegabyteState.State state = new();
        state.Set(Numbers.Draw(seed, MegabyteState.StateSize));
        return state;
    }
}
