using RnnGen.Tests.Memory;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <content>Parameters, files, training and memory.</content>
public abstract partial class NetworkTests<TNetwork>
{
    public static TheoryData<Optimizer> Optimizers => new(
        new Sgd(0.01f, momentum: 0.9f, nesterov: true, weightDecay: 0.01f),
        new Adam(0.01f),
        new AdamW(0.01f),
        new RmsProp(0.01f, momentum: 0.5f),
        new Adagrad(0.01f));

    [Fact]
    public void Sizes_agree_with_the_parameters()
    {
        using TNetwork network = TNetwork.Create(1);
        Assert.Equal(TNetwork.ParameterCount, network.Parameters.Sum(parameter => parameter.Count));
        Assert.Equal(TNetwork.StateSize, new ReferenceNetwork(typeof(TNetwork)).StateSize);
        Assert.All(network.Parameters, parameter => Assert.Equal(parameter.Count, parameter.Shape.Aggregate(1, (product, size) => product * size)));
    }

    [Fact]
    public void A_parameter_is_what_it_was_set_to_and_the_others_stay()
    {
        using TNetwork network = TNetwork.Create(1);
        foreach (Parameter parameter in network.Parameters)
        {
            float[][] before = [.. network.Parameters.Select(other => other.ToArray())];
            float[] values = Numbers.Draw(7, parameter.Count);
            parameter.Set(values);
            float[] copy = new float[parameter.Count];
            parameter.CopyTo(copy);
            Numbers.AssertSameBits(values, copy);
            foreach ((Parameter other, float[] old) in network.Parameters.Zip(before))
                Numbers.AssertSameBits(other == parameter ? values : old, other.ToArray());
        }

        AssertPaddingIsZero(network.Memory.PackedWeights);
    }

    [Fact]
    public void A_seed_gives_the_same_weights_and_another_seed_others()
    {
        using TNetwork network = TNetwork.Create(11);
        using TNetwork same = TNetwork.Create(11);
        using TNetwork other = TNetwork.Create(12);
        Numbers.AssertSameBits(network.Memory.PackedWeights, same.Memory.PackedWeights);
        Assert.NotEqual(network.Memory.PackedWeights.ToArray(), other.Memory.PackedWeights.ToArray());
        AssertPaddingIsZero(network.Memory.PackedWeights);
    }

    [Fact]
    public void A_saved_network_is_the_same_when_loaded()
    {
        using TNetwork network = TNetwork.Create(13);
        using var file = new MemoryStream();
        network.Memory.Save(file);
        using TNetwork loaded = TNetwork.Load(file.ToArray());
        Numbers.AssertSameBits(network.Memory.PackedWeights, loaded.Memory.PackedWeights);
        float[] frames = Numbers.Draw(1, 3 * TNetwork.InputSize);
        Numbers.AssertSameBits(RunFromZero(network, frames), RunFromZero(loaded, frames));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_gives_the_same_bits_twice_and_keeps_padding_zero(Optimizer optimizer)
    {
        using TNetwork network = TNetwork.Create(14);
        using TNetwork again = TNetwork.Create(14);
        float[] losses = Train(network, optimizer);
        Numbers.AssertSameBits(losses, Train(again, optimizer));
        Numbers.AssertSameBits(network.Memory.PackedWeights, again.Memory.PackedWeights);
        AssertPaddingIsZero(network.Memory.PackedWeights);
        using TNetwork untrained = TNetwork.Create(14);
        Assert.NotEqual(untrained.Memory.PackedWeights.ToArray(), network.Memory.PackedWeights.ToArray());
    }

    [Fact]
    public void Gradients_have_no_padding()
    {
        using TNetwork network = TNetwork.Create(14);
        using Tape<TNetwork> tape = TNetwork.CreateTape(4, 19);
        tape.InitialState.Fill(1);
        tape.FinalStateGradients.Fill(1);
        network.Forward(tape, Batches.Draw(1, 4, 19, TNetwork.InputSize, MaskShape.Trailing));
        network.Backward(tape, Numbers.Draw(1, tape.Outputs.Length));
        AssertPaddingIsZero(tape.PackedGradients);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        using TNetwork network = TNetwork.Create(15);
        SequenceBatch batch = Batches.Draw(1, 4, 3, TNetwork.InputSize, MaskShape.Leading);
        SequenceBatch smaller = Batches.Draw(2, 3, 2, TNetwork.InputSize, MaskShape.Gaps);
        float[] frames = Numbers.Draw(1, 4 * TNetwork.InputSize);
        float[] frame = Numbers.Draw(2, TNetwork.InputSize);
        float[] output = new float[TNetwork.OutputSize];
        float[] outputs = new float[(ManyToOne ? 1 : 4) * TNetwork.OutputSize];
        float[] batchOutputs = new float[3 * outputs.Length];
        float[] state = new float[TNetwork.StateSize];
        using Tape<TNetwork> tape = TNetwork.CreateTape(4, 3);
        AllocatedBytes.AssertNone(() => network.Step(frame, output));
        AllocatedBytes.AssertNone(() => network.Run(frames, outputs));
        AllocatedBytes.AssertNone(() => network.Run(batch, batchOutputs));
        AllocatedBytes.AssertNone(() =>
        {
            network.CopyStateTo(state);
            network.SetState(state);
            network.Reset();
        });
        AllocatedBytes.AssertNone(() =>
        {
            network.Forward(tape, smaller);
            network.Forward(tape, batch);
        });
        AllocatedBytes.AssertNone(() =>
        {
            tape.ClearGradients();
            network.Backward(tape, batchOutputs);
            network.BackwardFromLogits(tape, batchOutputs);
        });

        using Trainer<TNetwork> trainer = NewTrainer(network, new Adam(0.001f));
        int[] classes = new int[ManyToOne ? 3 : 12];
        float[] values = new float[batchOutputs.Length];
        bool classify = trainer.Options.Loss == Loss.CrossEntropy;
        AllocatedBytes.AssertNone(() => _ = classify ? trainer.Update(batch, classes) : trainer.Update(batch, values));
    }

    /// <summary>The losses of some updates on batches of two sizes.</summary>
    private static float[] Train(TNetwork network, Optimizer optimizer)
    {
        using Trainer<TNetwork> trainer = NewTrainer(network, optimizer);
        return [.. Enumerable.Range(0, 4).Select(update =>
        {
            int batchSize = update % 2 == 0 ? 5 : 3;
            SequenceBatch batch = Batches.Draw(update, 4, batchSize, TNetwork.InputSize, MaskShape.Trailing);
            int rows = ManyToOne ? batchSize : 4 * batchSize;
            return trainer.Options.Loss == Loss.CrossEntropy
                ? trainer.Update(batch, [.. Enumerable.Range(0, rows).Select(row => row % TNetwork.OutputSize)])
                : trainer.Update(batch, [.. Numbers.Draw(update, rows * TNetwork.OutputSize).Select(Math.Abs)]);
        })];
    }

    private static Trainer<TNetwork> NewTrainer(TNetwork network, Optimizer optimizer) => new(network, new TrainerOptions
    {
        Optimizer = optimizer,
        ClipNorm = 1,
        Loss = TNetwork.Layout.OutputActivation switch
        {
            Runtime.OutputActivation.Softmax => Loss.CrossEntropy,
            Runtime.OutputActivation.Sigmoid => Loss.BinaryCrossEntropy,
            _ => Loss.MeanSquaredError,
        },
    });

    /// <summary>What belongs to no parameter is 0.</summary>
    private static void AssertPaddingIsZero(ReadOnlySpan<float> packed)
    {
        using TNetwork network = TNetwork.Create(0);
        foreach (Parameter parameter in network.Parameters)
            parameter.Set(Enumerable.Repeat(1f, parameter.Count).ToArray());
        Span<float> ones = network.Memory.PackedWeights;
        Assert.Equal(TNetwork.ParameterCount, ones.ToArray().Count(value => value == 1));
        for (int i = 0; i < ones.Length; i++)
            Assert.True(ones[i] == 1 || BitConverter.SingleToInt32Bits(packed[i]) == 0, $"padding at {i} is {packed[i]:R}");
    }
}
