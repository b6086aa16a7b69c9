using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>States before the first step that are parameters.</summary>
[Trait("Category", "Numerics")]
public sealed class LearnedStateTests
{
    private const int Units = 5;
    private static readonly float[] Start = Numbers.Draw(21, 2 * Units);

    [Fact]
    public void They_are_parameters_and_zero_at_first()
    {
        using var network = new ResettingLstm(seed: 1);
        Assert.Equal([Units], network.Parameters["lstm0.initial_h"].Shape);
        Assert.Equal([Units], network.Parameters["lstm0.initial_c"].Shape);
        Assert.Equal(new float[Units], network.Parameters["lstm0.initial_h"].ToArray());
        Assert.Equal(new float[Units], network.Parameters["lstm0.initial_c"].ToArray());
        using var gru = new LearnedStateNetwork(seed: 1);
        Assert.DoesNotContain(gru.Parameters, parameter => parameter.Name == "gru0.initial_c");
    }

    [Fact]
    public void Everything_starts_from_them()
    {
        using ResettingLstm network = Network();
        float[] frames = Numbers.Draw(1, 4 * ResettingLstm.InputSize);
        Assert.Equal(Start, Values(network.InitialState));
        network.Reset();
        Assert.Equal(Start, Values(network.CurrentState));
        float[] expected = new float[4 * ResettingLstm.OutputSize];
        network.Run(frames, expected);

        // The default of the type knows no network: it is zero.
        ResettingLstm.State zero = default;
        Assert.Equal(new float[2 * Units], Values(zero));
        float[] fromZero = new float[expected.Length];
        network.Run(ref zero, frames, fromZero);
        Assert.NotEqual(expected, fromZero);

        using var file = new MemoryStream();
        network.Save(file);
        using ResettingLstm loaded = ResettingLstm.Load(file.ToArray());
        Assert.Equal(Start, Values(loaded.CurrentState));
        float[] actual = new float[expected.Length];
        loaded.Run(frames, actual);
        Numbers.AssertSameBits(expected, actual);

        // A batch, from whatever state the network itself is in.
        loaded.Run(SequenceBatch.FromTimeMajor(frames, 4, 1, ResettingLstm.InputSize), actual);
        Numbers.AssertSameBits(expected, actual);
        using Tape<ResettingLstm> tape = ResettingLstm.CreateTape(4, 1);
        loaded.Forward(tape, SequenceBatch.FromTimeMajor(frames, 4, 1, ResettingLstm.InputSize));
        Numbers.AssertSameBits(expected, tape.Outputs);
    }

    [Fact]
    public void A_network_that_has_not_stepped_yet_starts_from_what_it_has_learned_since()
    {
        using ResettingLstm network = new(seed: 1);
        network.Parameters["lstm0.initial_h"].Set(Start.AsSpan(0, Units));
        network.Parameters["lstm0.initial_c"].Set(Start.AsSpan(Units));
        Assert.Equal(Start, Values(network.CurrentState));

        // A state in the middle of a sequence stays.
        network.Parameters["lstm0.initial_h"].Set(new float[Units]);
        Assert.Equal(Start, Values(network.CurrentState));
        network.Reset();
        Assert.Equal([.. new float[Units], .. Start[Units..]], Values(network.CurrentState));
    }

    [Fact]
    public void A_network_that_sets_states_to_zero_at_masked_steps_does_so_with_learned_ones()
    {
        using ResettingLstm network = Network();
        float[] frames = Numbers.Draw(1, 3 * ResettingLstm.InputSize);
        float[] outputs = new float[3 * ResettingLstm.OutputSize];
        network.Run(SequenceBatch.FromTimeMajor(frames, 3, 1, ResettingLstm.InputSize, new byte[] { 0, 1, 1 }), outputs);
        ResettingLstm.State zero = default;
        float[] expected = new float[2 * ResettingLstm.OutputSize];
        network.Run(ref zero, frames.AsSpan(ResettingLstm.InputSize), expected);
        Numbers.AssertSameBits(expected, outputs.AsSpan(ResettingLstm.OutputSize));
    }

    [Theory]
    [InlineData(1, MaskShape.None)]
    [InlineData(5, MaskShape.Trailing)]
    [InlineData(19, MaskShape.Gaps)]
    public void Their_gradient_is_the_sum_of_those_of_the_sequences(int batchSize, MaskShape shape)
    {
        using ResettingLstm network = Network();
        SequenceBatch batch = Batches.Draw(3, 5, batchSize, ResettingLstm.InputSize, shape);
        using Tape<ResettingLstm> tape = ResettingLstm.CreateTape(5, batchSize);
        Numbers.Draw(8, tape.InitialState.Length).CopyTo(tape.InitialState); // the learned ones are written over it
        network.Forward(tape, batch);
        for (int sequence = 0; sequence < batchSize; sequence++)
            Numbers.AssertSameBits(Start, tape.InitialState.Slice(sequence * 2 * Units, 2 * Units));
        float[] outputs = new float[tape.Outputs.Length];
        network.Run(batch, outputs);
        Numbers.AssertSameBits(outputs, tape.Outputs);
        network.Backward(tape, Numbers.Draw(4, outputs.Length));
        double[] sums = new double[2 * Units];
        for (int i = 0; i < tape.InitialStateGradients.Length; i++)
            sums[i % sums.Length] += tape.InitialStateGradients[i];
        Assert.Contains(sums, sum => sum != 0);
        Numbers.AssertNear(sums[..Units], tape.Gradients["lstm0.initial_h"].ToArray(), Closeness.Gradient);
        Numbers.AssertNear(sums[Units..], tape.Gradients["lstm0.initial_c"].ToArray(), Closeness.Gradient);
    }

    [Fact]
    public void A_tape_may_start_elsewhere_and_then_they_have_no_gradient()
    {
        using ResettingLstm network = Network();
        SequenceBatch batch = Batches.Draw(3, 5, 2, ResettingLstm.InputSize, MaskShape.None);
        using Tape<ResettingLstm> tape = ResettingLstm.CreateTape(5, 2);
        Assert.True(tape.UseLearnedState);
        tape.UseLearnedState = false;
        float[] given = Numbers.Draw(8, tape.InitialState.Length);
        given.CopyTo(tape.InitialState);
        network.Forward(tape, batch);
        Numbers.AssertSameBits(given, tape.InitialState);
        for (int sequence = 0; sequence < 2; sequence++)
        {
            network.SetState(given.AsSpan(sequence * 2 * Units, 2 * Units));
            float[] expected = new float[5 * ResettingLstm.OutputSize];
            network.Run(batch.RealFrames(sequence), expected);
            Numbers.AssertSameBits(expected, [.. Batches.RowsOf(tape.Outputs, 2, sequence, ResettingLstm.OutputSize).SelectMany(row => row)]);
        }

        network.Backward(tape, Numbers.Draw(4, tape.Outputs.Length));
        Assert.True(tape.InitialStateGradients.IndexOfAnyExcept(0f) >= 0);
        Assert.Equal(new float[Units], tape.Gradients["lstm0.initial_h"].ToArray());
        Assert.Equal(new float[Units], tape.Gradients["lstm0.initial_c"].ToArray());
    }

    private static ResettingLstm Network()
    {
        var network = new ResettingLstm(seed: 1);
        network.Parameters["lstm0.initial_h"].Set(Start.AsSpan(0, Units));
        network.Parameters["lstm0.initial_c"].Set(Start.AsSpan(Units));
        return network;
    }

    private static float[] Values(ResettingLstm.State state)
    {
        float[] values = new float[ResettingLstm.StateSize];
        state.CopyTo(values);
        return values;
    }
}
