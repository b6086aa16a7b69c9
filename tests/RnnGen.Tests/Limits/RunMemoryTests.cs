using RnnGen.Runtime;
using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Limits;

/// <summary>The scratch of runs: as much as the sequences need that are run at once, and fewer sequences at once where that does not fit.</summary>
public sealed unsafe class RunMemoryTests
{
    private static readonly NetworkLayout Layout = MemoryOf<LongBothWays>(new LongBothWays(seed: 1)).Layout;

    [Fact]
    public void One_long_sequence_takes_scratch_for_itself_alone()
    {
        const int Steps = 400_000;
        using var network = new LongBothWays(seed: 1);
        float[] frames = Numbers.Draw(1, Steps), outputs = new float[Steps];
        network.Run(frames, outputs);
        Assert.Equal(Layout.ScratchLength + (long)Steps * Layout.SequenceScratchLength, MemoryOf<LongBothWays>(network).HeldScratch);
        Assert.Equal(16, Layout.SequenceScratchLength); // What both passes of each layer leave for later ones.

        // The same sequence beside others.
        float[] three = [.. frames.SelectMany(frame => new[] { frame, -frame, frame / 2 })], answers = new float[3 * Steps];
        network.Run(SequenceBatch.FromTimeMajor(three, Steps, 3, 1), answers);
        Numbers.AssertSameBits(outputs, [.. Enumerable.Range(0, Steps).Select(step => answers[3 * step])]);
    }

    [Fact]
    public void Scratch_is_that_of_the_largest_product_and_not_of_the_largest_numbers()
    {
        using var network = new LongBothWays(seed: 1);
        NetworkMemory memory = MemoryOf<LongBothWays>(network);
        float[] first = Run(network, 1000, 1), second = Run(network, 50, 16);
        Assert.Equal(Layout.ScratchLength + 1000L * Layout.SequenceScratchLength, memory.HeldScratch);
        Run(network, 50, 100); // No more at once than 16.
        Assert.Equal(Layout.ScratchLength + 1000L * Layout.SequenceScratchLength, memory.HeldScratch);
        Run(network, 70, 16);
        Assert.Equal(Layout.ScratchLength + 70L * 16 * Layout.SequenceScratchLength, memory.HeldScratch);
        Numbers.AssertSameBits(first, Run(network, 1000, 1));
        Numbers.AssertSameBits(second, Run(network, 50, 16));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(6, 1)]
    [InlineData(15, 1)]
    [InlineData(1, 3)]
    [InlineData(6, 3)]
    public void Sequences_that_do_not_fit_side_by_side_run_one_group_after_another(int fit, int threads)
    {
        const int Steps = 9;
        using var free = new LongBothWays(seed: 1);
        using var network = new LongBothWays(seed: 1) { Threads = threads };
        NetworkMemory memory = MemoryOf<LongBothWays>(network);
        memory.ScratchLimit = Layout.ScratchLength + ((fit + 1L) * Steps * Layout.SequenceScratchLength) - 1;
        foreach (int batchSize in new[] { 1, 4, 16, 37 })
        {
            SequenceBatch batch = Batches.Draw(batchSize, Steps, batchSize, 1, MaskShape.Gaps);
            LongBothWays.State[] states = States(batchSize), expectedStates = States(batchSize);
            float[] outputs = new float[Steps * batchSize], expected = new float[outputs.Length];
            network.Run(states, batch, outputs);
            free.Run(expectedStates, batch, expected);
            Numbers.AssertSameBits(expected, outputs);
            Assert.Equal(expectedStates, states);
        }

        Assert.InRange(memory.HeldScratch, 1, threads * memory.ScratchLimit);
        Assert.True(memory.HeldScratch <= threads * (Layout.ScratchLength + ((long)fit * Steps * Layout.SequenceScratchLength)));
    }

    [Fact]
    public void Steps_that_16_sequences_have_no_scratch_for_are_run()
    {
        const int Steps = 400_000;
        using var network = new WideKept(seed: 1);
        NetworkLayout layout = MemoryOf<WideKept>(network).Layout;
        Assert.True(16L * Steps * layout.SequenceScratchLength > Arena.MaxLength); // Else this shows nothing.
        float[] frames = Numbers.Draw(1, Steps), outputs = new float[Steps];
        network.Run(frames, outputs);

        // A reverse layer's answers at the end depend on the end alone.
        float[] end = new float[10];
        network.Reset();
        network.Run(frames.AsSpan(Steps - 10), end);
        Numbers.AssertSameBits(end, outputs.AsSpan(Steps - 10));
        Assert.True(MemoryOf<WideKept>(network).HeldScratch < Arena.MaxLength / 8);
    }

    [Fact]
    public void Too_many_steps_are_refused_with_their_argument_and_the_limit()
    {
        using var network = new WideKept(seed: 1);
        NetworkLayout layout = MemoryOf<WideKept>(network).Layout;
        int most = (Arena.MaxLength - layout.ScratchLength) / layout.SequenceScratchLength;
        float[] frames = new float[most + 1], outputs = new float[most + 1];
        string rest = $"expected at most {most} time steps (WideKept keeps {layout.SequenceScratchLength} floats of each in an array of at most {Arena.MaxLength}), got {most + 1}";

        Refuse("input", () => network.Run(frames, outputs));
        WideKept.State state = default;
        Refuse("input", () => network.Run(ref state, frames, outputs));
        Refuse("batch", () => network.Run(SequenceBatch.FromTimeMajor(frames, frames.Length, 1, 1), outputs));
        Refuse("batch", () => network.Run(new WideKept.State[1], SequenceBatch.FromTimeMajor(frames, frames.Length, 1, 1), outputs));

        void Refuse(string argument, Action call) =>
            Assert.StartsWith($"{argument}: {rest}", Assert.Throws<ArgumentException>(argument, call).Message);
    }

    [Fact]
    public void Callers_from_C_are_told_that_the_length_is_wrong()
    {
        using var managed = new WideKept(seed: 1);
        NetworkLayout layout = MemoryOf<WideKept>(managed).Layout;
        int most = (Arena.MaxLength - layout.ScratchLength) / layout.SequenceScratchLength;
        nint network = Native.NativeCaller.Create(&WideKept.NativeEntryPoints.CreateFromMemory, Native.NativeCaller.Save(managed));
        NativeStatus status = Native.NativeCaller.Call(&WideKept.NativeEntryPoints.Run, network, new float[most + 1], new float[most + 1]);
        Native.NativeCaller.AssertRefused(
            NativeStatus.WrongLength, $"input: expected at most {most} steps (WideKept keeps values of each), got {most + 1}", status);
        Assert.Equal(NativeStatus.Ok, WideKeptDestroy(network));

        static NativeStatus WideKeptDestroy(nint network)
        {
            delegate* unmanaged[Cdecl]<nint, NativeStatus> destroy = &WideKept.NativeEntryPoints.Destroy;
            return destroy(network);
        }
    }

    private static float[] Run(LongBothWays network, int steps, int batchSize)
    {
        float[] outputs = new float[steps * batchSize];
        network.Run(Batches.Draw(steps, steps, batchSize, 1, MaskShape.Trailing), outputs);
        return outputs;
    }

    private static LongBothWays.State[] States(int count)
    {
        var states = new LongBothWays.State[count];
        for (int i = 0; i < count; i++)
            states[i].Set(Numbers.Draw(i, LongBothWays.StateSize));
        return states;
    }

    private static NetworkMemory MemoryOf<TNetwork>(INetwork<TNetwork> network)
        where TNetwork : class, INetwork<TNetwork> => network.Memory;
}
