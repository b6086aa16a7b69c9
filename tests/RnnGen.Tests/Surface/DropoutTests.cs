using RnnGen.Tests.Numerics;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Surface;

/// <summary>What a tape's seed hides, seen through networks of identity weights.</summary>
[Trait("Category", "Numerics")]
public sealed class DropoutTests
{
    [Fact]
    public void Without_a_seed_a_tape_computes_what_a_run_computes()
    {
        using var network = new ManyDropouts(seed: 1);
        SequenceBatch batch = Batches.Draw(1, 6, 5, ManyDropouts.InputSize, MaskShape.Gaps);
        using Tape<ManyDropouts> tape = ManyDropouts.CreateTape(6, 5);
        float[] expected = new float[6 * 5 * ManyDropouts.OutputSize];
        network.Run(batch, expected);
        Numbers.AssertSameBits(expected, Outputs(network, tape, batch, null));
        Assert.NotEqual(expected, Outputs(network, tape, batch, 1));
        Numbers.AssertSameBits(expected, Outputs(network, tape, batch, null)); // and no noise is left on the tape
    }

    [Fact]
    public void Before_the_last_step_of_two_directions_it_changes_nothing_in_a_run()
    {
        using var hidden = new HiddenLastStep(seed: 1);
        using var plain = new LearningVectorBothWays(seed: 1);
        float[] frames = Numbers.Draw(4, 5 * 4);
        float[] expected = new float[8], actual = new float[8];
        plain.Run(frames, expected);
        hidden.Run(frames, actual);
        Numbers.AssertSameBits(expected, actual);
    }

    [Fact]
    public void A_seed_gives_its_own_noise_again()
    {
        using var network = new ManyDropouts(seed: 1);
        SequenceBatch batch = Batches.Draw(1, 6, 5, ManyDropouts.InputSize, MaskShape.Trailing);
        using Tape<ManyDropouts> tape = ManyDropouts.CreateTape(6, 5);
        using Tape<ManyDropouts> larger = ManyDropouts.CreateTape(9, 8);
        float[][] outputs = [.. Enumerable.Range(0, 5).Select(seed => Outputs(network, tape, batch, seed))];
        for (int seed = 0; seed < outputs.Length; seed++)
        {
            Numbers.AssertSameBits(outputs[seed], Outputs(network, tape, batch, seed));
            Numbers.AssertSameBits(outputs[seed], Outputs(network, larger, batch, seed));
            for (int other = 0; other < seed; other++)
                Assert.NotEqual(outputs[other], outputs[seed]);
        }
    }

    [Fact]
    public void The_share_of_the_rate_is_hidden_and_the_rest_is_scaled()
    {
        const float Rate = 0.3f;
        const int Rows = 50 * 20;
        using var network = new HiddenInputs(seed: 1);
        network.Parameters["dense1.weight"].Set(Identity(16));
        float[] ones = new float[Rows * 16];
        ones.AsSpan().Fill(1);
        using Tape<HiddenInputs> tape = HiddenInputs.CreateTape(50, 20);
        float[] noise = Outputs(network, tape, SequenceBatch.FromTimeMajor(ones, 50, 20, 16), 5);
        Assert.All(noise, value => Assert.True(value is 0 or 1 / (1 - Rate), $"{value:R}"));

        // 16 000 draws, and 1 000 of each unit: five standard deviations.
        Near(Rate, noise);
        for (int unit = 0; unit < 16; unit++)
            Near(Rate, [.. noise.Where((_, i) => i % 16 == unit)]);
        // Each row has noise of its own, and so has each unit: two agree in 58 % of the rows.
        Assert.True(noise.Chunk(16).Select(row => string.Join(' ', row)).Distinct().Count() > Rows / 2);
        for (int unit = 1; unit < 16; unit++)
            Near(1 - (Rate * Rate + (1 - Rate) * (1 - Rate)), [.. Enumerable.Range(0, Rows).Select(row => noise[row * 16] == noise[row * 16 + unit] ? 1f : 0)]);

        network.Backward(tape, ones);
        Numbers.AssertSameBits(noise, tape.InputGradients); // what is hidden gets no gradient, the rest is scaled
    }

    [Fact]
    public void A_recurrent_layer_hides_the_same_at_each_step_and_other_values_in_other_sequences()
    {
        const int Steps = 6;
        const int Sequences = 40;
        using var network = new HiddenStates(seed: 1);
        network.Parameters["rnn0.weight_ih"].Set(Identity(8));
        network.Parameters["rnn0.weight_hh"].Set(Identity(8));
        float[] frames = new float[Steps * Sequences * 8];
        frames.AsSpan(0, Sequences * 8).Fill(1); // an impulse: a unit goes on as 2ⁿ or as 0
        SequenceBatch batch = SequenceBatch.FromTimeMajor(frames, Steps, Sequences, 8);
        using Tape<HiddenStates> tape = HiddenStates.CreateTape(Steps, Sequences);
        float[] outputs = Outputs(network, tape, batch, 3);
        float[] noise = outputs[(Sequences * 8)..(2 * Sequences * 8)];
        for (int i = 0; i < outputs.Length; i++)
            Assert.Equal(i < noise.Length ? 1 : MathF.Pow(noise[i % noise.Length], i / noise.Length), outputs[i]);
        Assert.All(noise, value => Assert.True(value is 0 or 2, $"{value:R}"));
        Near(0.5f, noise);

        // 40 drawn masks of 8 units out of 256: were it one mask for all, there would be one.
        Assert.True(noise.Chunk(8).Select(mask => string.Join(' ', mask)).Distinct().Count() > 20);

        float[] run = new float[outputs.Length];
        network.Run(batch, run);
        Assert.All(run, value => Assert.Equal(1, value));
        Numbers.AssertSameBits(run, Outputs(network, tape, batch, null));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_sequence_has_the_noise_of_the_whole_in_whatever_parts_it_is_run(int every)
    {
        const int Steps = 7;
        using var network = new ManyDropouts(seed: 1);
        SequenceBatch batch = Batches.Draw(1, Steps, 3, ManyDropouts.InputSize, MaskShape.Gaps);
        using Tape<ManyDropouts> tape = ManyDropouts.CreateTape(Steps, 3);
        float[] whole = Outputs(network, tape, batch, 5);
        float[] InParts(bool tellsStep)
        {
            List<float> parts = [];
            tape.InitialState.Clear();
            for (int start = 0; start < Steps; start += every)
            {
                tape.FirstStep = tellsStep ? start : 0;
                parts.AddRange(Outputs(network, tape, batch.Slice(start, Math.Min(every, Steps - start)), 5));
                tape.FinalState.CopyTo(tape.InitialState);
            }

            return [.. parts];
        }

        Numbers.AssertSameBits(whole, InParts(tellsStep: true));
        Assert.NotEqual(whole, InParts(tellsStep: false));
    }

    [Theory]
    [InlineData(MaskShape.None)]
    [InlineData(MaskShape.Gaps)]
    public void The_gradient_is_that_of_the_pass_with_the_same_noise(MaskShape shape)
    {
        const long Seed = 11;
        using var network = new ManyDropouts(seed: 2);
        SequenceBatch batch = Batches.Draw(1, 5, 3, ManyDropouts.InputSize, shape);
        using Tape<ManyDropouts> tape = ManyDropouts.CreateTape(5, 3);
        float[] outputGradients = Numbers.Draw(4, 5 * 3 * ManyDropouts.OutputSize);
        _ = Outputs(network, tape, batch, Seed);
        network.Backward(tape, outputGradients);
        using Tape<ManyDropouts> probe = ManyDropouts.CreateTape(5, 3);
        double Loss() => Outputs(network, probe, batch, Seed).Zip(outputGradients, (output, gradient) => (double)output * gradient).Sum();

        // Central differences of passes in float: their error is about 1e-6 / step of the loss, and step² of the gradient.
        const float Step = 0.02f;
        foreach (Parameter parameter in network.Parameters)
        {
            float[] values = parameter.ToArray();
            double[] expected = new double[values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                float value = values[i];
                values[i] = value + Step;
                parameter.Set(values);
                double up = Loss();
                values[i] = value - Step;
                parameter.Set(values);
                expected[i] = (up - Loss()) / ((double)(value + Step) - (value - Step));
                values[i] = value;
            }

            parameter.Set(values);
            Numbers.AssertNear(expected, tape.Gradients[parameter.Name].ToArray(), 2e-3);
        }
    }

    private static float[] Outputs<TNetwork>(TNetwork network, Tape<TNetwork> tape, SequenceBatch batch, long? seed)
        where TNetwork : class, INetwork<TNetwork>
    {
        tape.DropoutSeed = seed;
        network.Forward(tape, batch);
        return tape.Outputs.ToArray();
    }

    private static float[] Identity(int size)
    {
        float[] matrix = new float[size * size];
        for (int i = 0; i < size; i++)
            matrix[i * size + i] = 1;
        return matrix;
    }

    /// <summary>The share of zeros is within five standard deviations.</summary>
    private static void Near(double share, float[] values)
    {
        double actual = values.Count(value => value == 0) / (double)values.Length;
        Assert.InRange(actual, share - 5 * Math.Sqrt(share * (1 - share) / values.Length), share + 5 * Math.Sqrt(share * (1 - share) / values.Length));
    }
}
