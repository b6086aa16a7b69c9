using RnnGen.Runtime;
using RnnGen.Tests.Bounds;
using RnnGen.Tests.Limits;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Surface;

/// <summary>What uses a network's own state or scratch is refused while another such call is under way, and only then.</summary>
public sealed class OneCallAtATimeTests
{
    private static readonly float[] Frames = Numbers.Draw(1, 4 * TwoKinds.InputSize);
    private static readonly SequenceBatch Batch = SequenceBatch.FromTimeMajor(Frames, 2, 2, TwoKinds.InputSize);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static float[] Frame => Frames[..TwoKinds.InputSize];

    /// <summary>The calls that use state or scratch of <see cref="TwoKinds"/>.</summary>
    private static readonly Dictionary<string, Action<TwoKinds>> Own = new()
    {
        ["Step"] = network => network.Step(Frame, new float[TwoKinds.OutputSize]),
        ["Run"] = network => network.Run(Frames, new float[4 * TwoKinds.OutputSize]),
        ["Run of one step"] = network => network.Run(Frame, new float[TwoKinds.OutputSize]),
        ["Step of streams"] = network => network.Step(new TwoKinds.State[4], Frames, new float[4 * TwoKinds.OutputSize]),
        ["Run of a batch"] = network => network.Run(Batch, new float[4 * TwoKinds.OutputSize]),
        ["Run of a batch of streams"] = network => network.Run(new TwoKinds.State[2], Batch, new float[4 * TwoKinds.OutputSize]),
        ["Reset"] = network => network.Reset(),
        ["State"] = network => _ = network.CurrentState,
        ["State ="] = network => network.CurrentState = default,
        ["CopyStateTo"] = network => network.CopyStateTo(new float[TwoKinds.StateSize]),
        ["SetState"] = network => network.SetState(new float[TwoKinds.StateSize]),
    };

    public static IEnumerable<object[]> Calls => Own.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_second_call_is_refused_and_the_message_says_what_to_do(string call)
    {
        using var network = new TwoKinds(seed: 1);
        TwoKinds.State before = network.CurrentState;
        using (MemoryOf<TwoKinds>(network).Enter())
        {
            var refusal = Assert.Throws<InvalidOperationException>(() => Own[call](network));
            Assert.Contains("TwoKinds: another call is using", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("Step(ref state", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, network.CurrentState);
        Own[call](network); // The refusal has ended neither too much nor too little.
        Own[call](network);
    }

    [Fact]
    public void A_state_each_is_not_refused()
    {
        using var network = new TwoKinds(seed: 1);
        TwoKinds.State state = network.InitialState, expected = state;
        float[] output = new float[TwoKinds.OutputSize];
        network.Step(ref expected, Frame, output);
        network.Run(ref expected, Frames, new float[4 * TwoKinds.OutputSize]);
        using (MemoryOf<TwoKinds>(network).Enter())
        {
            network.Step(ref state, Frame, output);
            network.Run(ref state, Frames, new float[4 * TwoKinds.OutputSize]);
            Assert.Equal(default, network.InitialState);
        }

        Assert.Equal(expected, state);
    }

    [Fact]
    public void Networks_of_classes_and_in_reverse_are_refused_too()
    {
        using var classes = new BoundsOneHot(seed: 1);
        using var bothWays = new LongBothWays(seed: 1);
        using (MemoryOf<BoundsOneHot>(classes).Enter())
        using (MemoryOf<LongBothWays>(bothWays).Enter())
        {
            Assert.Throws<InvalidOperationException>(() => classes.Step(1, new float[5]));
            Assert.Throws<InvalidOperationException>(() => classes.Run([1, 2], new float[10]));
            Assert.Throws<InvalidOperationException>(() => ((INetwork<BoundsOneHot>)classes).Step([1], new float[5]));
            Assert.Throws<InvalidOperationException>(() => ((INetwork<BoundsOneHot>)classes).Run([1, 2], new float[10]));
            Assert.Throws<InvalidOperationException>(() => bothWays.Run([1, 2], new float[2]));
        }

        classes.Step(1, new float[5]);
        bothWays.Run([1, 2], new float[2]);
    }

    [Fact]
    public void A_call_that_throws_has_ended()
    {
        using var network = new LongBothWays(seed: 1);
        NetworkMemory memory = MemoryOf<LongBothWays>(network);
        memory.ScratchLimit = memory.Layout.ScratchLength + (5L * memory.Layout.SequenceScratchLength);
        Assert.Throws<ArgumentException>(() => network.Run(new float[6], new float[6])); // Only inside it is known that there is no scratch for so many.
        network.Run(new float[5], new float[5]);
    }

    [Fact]
    public void A_network_that_has_been_disposed_of_says_so_whoever_uses_it()
    {
        var network = new TwoKinds(seed: 1);
        using (MemoryOf<TwoKinds>(network).Enter())
        {
            network.Dispose();
            Assert.All(Own.Values, call => Assert.Throws<ObjectDisposedException>(() => call(network)));
        }

        Assert.All(Own.Values, call => Assert.Throws<ObjectDisposedException>(() => call(network)));
    }

    /// <summary>A long run on one thread and steps on another: one of them is refused, whatever the scheduler does.</summary>
    [Fact]
    public void Two_threads_on_one_state_are_found_out()
    {
        using var network = new TwoKinds(seed: 1);
        using var together = new Barrier(2);
        float[] frames = Numbers.Draw(2, 4000 * TwoKinds.InputSize);
        int found = 0;
        Thread[] threads =
        [
            new(() => UntilFound(() => network.Run(frames, new float[4000 * TwoKinds.OutputSize]))),
            new(() => UntilFound(() => network.Step(Frame, new float[TwoKinds.OutputSize]))),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        Assert.All(threads, thread => Assert.True(thread.Join(Limit), "a thread did not end"));
        Assert.NotEqual(0, found);
        network.Step(Frame, new float[TwoKinds.OutputSize]); // Both have ended.

        void UntilFound(Action call)
        {
            together.SignalAndWait();
            long end = Environment.TickCount64 + ((long)Limit.TotalMilliseconds / 2);
            while (Volatile.Read(ref found) == 0 && Environment.TickCount64 < end)
            {
                if (Record.Exception(call) is InvalidOperationException)
                    Interlocked.Increment(ref found);
            }
        }
    }

    private static NetworkMemory MemoryOf<TNetwork>(INetwork<TNetwork> network)
        where TNetwork : class, INetwork<TNetwork> => network.Memory;
}
