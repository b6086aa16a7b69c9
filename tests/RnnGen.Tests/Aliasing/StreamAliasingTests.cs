using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Runtime;
using RnnGen.Tests.Native;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Aliasing;

/// <summary>Steps of many streams and batches whose outputs lie in what they read.</summary>
public sealed class StreamAliasingTests
{
    private static readonly bool[] SomeActive = [.. Enumerable.Range(0, 40).Select(stream => stream % 5 != 3)];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 1)]
    [InlineData(40, 3)]
    public void Streams_are_answered_in_their_frames_or_refused(int count, int threads)
    {
        using var last = new AliasLast(seed: 1) { Threads = threads };
        using var same = new AliasSame(seed: 1) { Threads = threads };
        using var wide = new AliasWide(seed: 1) { Threads = threads };
        using var bytes = new AliasBytes(seed: 1) { Threads = threads };
        using var chars = new NativeChars(seed: 1) { Threads = threads };
        var lasts = new AliasLast.State[count];
        var sames = new AliasSame.State[count];
        var wides = new AliasWide.State[count];
        var byteStates = new AliasBytes.State[count];
        var charStates = new NativeChars.State[count];
        Aliasing.Outcome[] outcomes =
        [
            Check("last", count, 64, 10, lasts, (input, output) => last.Step(lasts, input, output, SomeActive.AsSpan(0, count))),
            Check("same", count, 2, 2, sames, (input, output) => same.Step(sames, input, output, SomeActive.AsSpan(0, count))),
            Check("all", count, 2, 2, sames, (input, output) => same.Step(sames, input, output)),
            Check("wide", count, 2, 7, wides, (input, output) => wide.Step(wides, input, output)),
            Check("bytes", count, 20, 6, byteStates, (input, output) => bytes.Step(byteStates, input, output)),
        ];
        Assert.All(outcomes, outcome => Assert.NotEqual(0, outcome.Overlapped));
        Assert.All(outcomes, outcome => Assert.Equal(count > 1, outcome.Refused > 0));

        Assert.Equal(0, Aliasing.Check(
            "chars", count, count * 5, random => random.Next(7), () => Array.Clear(charStates), () => Floats(charStates).ToArray(),
            (input, output) => chars.Step(charStates, input, output), trials: Trials).Refused);
    }

    private const int Trials = 40; // threads that wait for each other take their time where all cores are busy

    private static Aliasing.Outcome Check<TState>(string name, int count, int inputs, int outputs, TState[] states, AliasedCall<float> call)
        where TState : struct => Aliasing.Check(
            $"{name} {count}", count * inputs, count * outputs, random => random.NextSingle(), () => Array.Clear(states), () => Floats(states).ToArray(),
            call, trials: Trials);

    [Fact]
    public void States_and_masks_lie_apart_from_frames_and_outputs()
    {
        const int Count = 40;
        using var network = new AliasSame(seed: 1);
        using var chars = new NativeChars(seed: 1);
        var states = new AliasSame.State[Count];
        var charStates = new NativeChars.State[Count];
        float[] apart = new float[Count * 2], outputs = new float[Count * 5];
        bool[] active = new bool[Count];
        Assert.Throws<ArgumentException>("output", () => network.Step(states, apart, Floats(states)[5..(5 + (Count * 2))]));
        Assert.Throws<ArgumentException>("input", () => network.Step(states, Floats(states)[5..(5 + (Count * 2))], apart));
        Assert.Throws<ArgumentException>(
            "active", () => network.Step(states, apart, new float[Count * 2], MemoryMarshal.Cast<float, bool>(Floats(states))[..Count]));
        Assert.Throws<ArgumentException>(
            "output", () => network.Step(states, apart, outputs.AsSpan(0, Count * 2), MemoryMarshal.Cast<float, bool>(outputs.AsSpan())[1..(1 + Count)]));
        Assert.Throws<ArgumentException>("input", () => chars.Step(charStates, MemoryMarshal.Cast<float, int>(Floats(charStates))[..Count], outputs));
        Assert.Throws<ArgumentException>(
            "output", () => chars.Step(charStates, new int[Count], outputs, MemoryMarshal.Cast<float, bool>(outputs.AsSpan())[1..(1 + Count)]));
        Assert.Equal(new AliasSame.State[Count], states);
        Assert.Equal(new NativeChars.State[Count], charStates);
        Assert.All(outputs, value => Assert.Equal(0, value));

        // Masks and frames are read only.
        MemoryMarshal.Cast<float, bool>(apart.AsSpan())[..Count].Fill(true);
        network.Step(states, apart, outputs.AsSpan(0, Count * 2), MemoryMarshal.Cast<float, bool>(apart.AsSpan())[..Count]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public void Outputs_of_a_batch_lie_apart_from_it(int count)
    {
        using var network = new AliasSame(seed: 1);
        const int Steps = 3;
        var batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, Steps * count * 2), Steps, count, 2);
        var states = new AliasSame.State[count];
        int outputs = Steps * count * 2;
        float[] data = batch.Data.ToArray(), apart = new float[outputs];
        Span<float> Data() => MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(batch.Data), batch.Data.Length);
        Assert.Throws<ArgumentException>("output", () => network.Run(batch, Data()));
        Assert.Throws<ArgumentException>("output", () => network.Run(states, batch, Data()));
        Numbers.AssertSameBits(data, batch.Data);

        byte[] memory = new byte[(outputs + 1) * sizeof(float)];
        Assert.Throws<ArgumentException>("output", () => network.Run(states, batch, Floats(states)[..Math.Min(outputs, Floats(states).Length)]));
        network.Run(states, batch, apart);
        network.Run(batch, MemoryMarshal.Cast<byte, float>(memory.AsSpan(1))[..outputs]);
        Numbers.AssertSameBits(apart, MemoryMarshal.Cast<byte, float>(memory.AsSpan(1))[..outputs]);
    }

    [Fact]
    public void Gradients_may_lie_on_the_tape()
    {
        const int Steps = 4, Batch = 3;
        using var network = new AliasSame(seed: 1);
        using Tape<AliasSame> apart = AliasSame.CreateTape(Steps, Batch), aliased = AliasSame.CreateTape(Steps, Batch);
        var batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, Steps * Batch * 2), Steps, Batch, 2);
        float[] gradients = Numbers.Draw(2, Steps * Batch * 2);
        foreach (bool ofLogits in new[] { false, true })
        {
            foreach (string place in new[] { "input gradients", "outputs" })
            {
                foreach (Tape<AliasSame> tape in new[] { apart, aliased })
                {
                    tape.ClearGradients();
                    network.Forward(tape, batch);
                    network.Backward(tape, gradients); // so that there are input gradients to lie in
                }

                if (place == "input gradients")
                    gradients.CopyTo(aliased.InputGradients);
                ReadOnlySpan<float> there = place == "outputs" ? aliased.Outputs : aliased.InputGradients;
                float[] same = there.ToArray();
                if (ofLogits)
                {
                    network.BackwardFromLogits(apart, same);
                    network.BackwardFromLogits(aliased, there);
                }
                else
                {
                    network.Backward(apart, same);
                    network.Backward(aliased, there);
                }

                Numbers.AssertSameBits(apart.PackedGradients, aliased.PackedGradients);
                Numbers.AssertSameBits(apart.InputGradients, aliased.InputGradients);
                Numbers.AssertSameBits(apart.InitialStateGradients, aliased.InitialStateGradients);
            }
        }
    }

    [Fact]
    public void Values_are_not_copied_within_packed_memory()
    {
        using var network = new AliasSame(seed: 1);
        NetworkMemory memory = ((INetwork<AliasSame>)network).Memory;
        using Tape<AliasSame> tape = AliasSame.CreateTape(1, 1);
        network.Forward(tape, SequenceBatch.FromTimeMajor([1, 2], 1, 1, 2));
        network.Backward(tape, [1, 2]);
        float[] gradients = tape.PackedGradients.ToArray(), weights = memory.PackedWeights.ToArray();
        int count = tape.Gradients[0].Count;
        Assert.Throws<ArgumentException>("destination", () => tape.Gradients[0].CopyTo(tape.PackedGradients[1..(1 + count)]));
        Assert.Throws<ArgumentException>("destination", () => network.Parameters[0].CopyTo(memory.PackedWeights[1..(1 + count)]));
        Assert.Throws<ArgumentException>("source", () => network.Parameters[0].Set(memory.PackedWeights[1..(1 + count)]));
        Assert.Throws<ArgumentException>("destination", () => network.CopyStateTo(memory.PackedState[1..(1 + AliasSame.StateSize)]));
        Assert.Throws<ArgumentException>("source", () => network.SetState(memory.PackedState[1..(1 + AliasSame.StateSize)]));
        Numbers.AssertSameBits(gradients, tape.PackedGradients);
        Numbers.AssertSameBits(weights, memory.PackedWeights);
        network.Parameters[0].Set(tape.PackedGradients[..count]); // another's memory
    }

    private static Span<float> Floats<TState>(TState[] states)
        where TState : struct => MemoryMarshal.CreateSpan(ref Unsafe.As<TState, float>(ref states[0]), states.Length * Unsafe.SizeOf<TState>() / sizeof(float));
}
