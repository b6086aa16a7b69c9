using RnnGen.Tests.Memory;
using RnnGen.Training;
using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepIdentity>;

namespace RnnGen.Tests.Training;

/// <content>Losses as functions of outputs.</content>
public sealed partial class UserLossTests
{
    private const int Unmasked = 20; // of Batch's 27 steps

    [Fact]
    public void A_function_trains_as_the_loss_that_it_computes()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Loss.CrossEntropy, normalization: LossNormalization.PerSequence)); // which do not matter
        float[] values = Values;
        SequenceBatch batch = Batch;
        float[] losses = [.. Enumerable.Range(0, 5).Select(_ => trainer.Update(batch, MeanSquares))];

        using Net expected = Net.Create(1);
        using var library = new Trainer<Net>(expected, Options(Loss.MeanSquaredError));
        double[] expectedLosses = [.. Enumerable.Range(0, 5).Select(_ => (double)library.Update(batch, values))];
        Numbers.AssertNear(expectedLosses, losses, 1e-6);
        Numbers.AssertNear([.. expected.Memory.PackedWeights.ToArray().Select(weight => (double)weight)], network.Memory.PackedWeights, 1e-6);
        Assert.Equal(5, trainer.Updates);

        double MeanSquares(ReadOnlySpan<float> outputs, Span<float> gradients)
        {
            Assert.Equal((27 * 4, 27 * 4), (outputs.Length, gradients.Length));
            double sum = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                Assert.Equal(0, gradients[i]);
                double difference = outputs[i] - values[i];
                if (batch.Mask[i / 4] != 0)
                    sum += difference * difference / (4 * Unmasked);
                else
                    Assert.Equal(0, outputs[i]);
                gradients[i] = (float)(2 * difference / (4 * Unmasked)); // garbage at masked steps
            }

            return sum;
        }
    }

    [Fact]
    public void What_a_function_writes_at_masked_steps_is_ignored()
    {
        float[] Train(float garbage)
        {
            using Net network = Net.Create(1);
            using var trainer = new Trainer<Net>(network, Options(Loss.MeanSquaredError));
            SequenceBatch batch = Batch;
            float loss = trainer.Update(batch, (outputs, gradients) =>
            {
                for (int i = 0; i < gradients.Length; i++)
                    gradients[i] = batch.Mask[i / 4] == 0 ? garbage : outputs[i];
                return 7f;
            });
            Assert.Equal(7, loss);
            return network.Memory.PackedWeights.ToArray();
        }

        Numbers.AssertSameBits(Train(0), Train(float.NaN));
    }

    [Fact]
    public void A_many_to_one_network_gives_a_function_a_row_a_sequence()
    {
        using LinearNetwork<ManyToOneSoftmax> network = LinearNetwork<ManyToOneSoftmax>.Create(1);
        using var trainer = new Trainer<LinearNetwork<ManyToOneSoftmax>>(network, Options(Loss.CrossEntropy));
        float first = Update(), last = first;
        for (int update = 0; update < 200; update++)
            last = Update();
        Assert.True(last < 0.5f * first);

        float Update() => trainer.Update(Batch, (outputs, gradients) =>
        {
            Assert.Equal(12, outputs.Length);
            double loss = 0;
            for (int sequence = 0; sequence < 3; sequence++)
            {
                loss -= Math.Log(outputs[sequence * 4 + sequence]); // of the softmax's outputs
                gradients[sequence * 4 + sequence] = -1 / outputs[sequence * 4 + sequence];
            }

            return loss;
        });
    }

    [Theory]
    [InlineData(4, null, new[] { 4, 4, 1 })]
    [InlineData(4, 2, new[] { 2, 2, 2, 2, 1 })]
    [InlineData(3, 5, new[] { 3, 3, 3 })]
    public void With_truncation_a_function_is_called_once_a_run_of_steps(int every, int? backward, int[] expected)
    {
        using Net network = Net.Create(1), other = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Loss.MeanSquaredError, every, backward));
        float[] values = Values;
        SequenceBatch batch = Batch;
        var steps = new List<int>();
        int done = 0;
        float loss = trainer.Update(batch, (outputs, gradients) =>
        {
            // The mean over the run's own steps, as a chunk's loss is divided by its own.
            int count = outputs.Length / 12, unmasked = 0;
            for (int row = done * 3; row < (done + count) * 3; row++)
                unmasked += batch.Mask[row];
            double sum = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                double difference = batch.Mask[done * 3 + i / 4] == 0 ? 0 : outputs[i] - values[done * 12 + i];
                sum += difference * difference / (4 * unmasked);
                gradients[i] = (float)(2 * difference / (4 * unmasked));
            }

            steps.Add(count);
            done += count;
            return sum;
        });
        Assert.Equal(expected, steps);

        using var library = new Trainer<Net>(other, Options(Loss.MeanSquaredError, every, backward));
        Numbers.AssertNear(library.Update(batch, values), loss, 1e-6);
        Assert.Equal(library.Updates, trainer.Updates);
        Numbers.AssertNear([.. other.Memory.PackedWeights.ToArray().Select(weight => (double)weight)], network.Memory.PackedWeights, 1e-6);
    }

    [Fact]
    public void A_wrong_function_is_an_error_and_nothing_is_kept_of_it()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Loss.MeanSquaredError));
        float[] before = network.Memory.PackedWeights.ToArray();
        Assert.Throws<ArgumentNullException>("loss", () => trainer.Update(Batch, loss: null!));
        Assert.Throws<ArgumentNullException>("batch", () => trainer.Update(null!, (_, _) => 0));
        Assert.Contains(
            "update 1: the loss is NaN (the loss function)",
            Assert.Throws<ArithmeticException>(() => trainer.Update(Batch, (_, _) => double.NaN)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "update 1: the gradient of the loss function is NaN for output 2, step 0 of sequence 1",
            Assert.Throws<ArithmeticException>(() => trainer.Update(Batch, WritesNaN)).Message,
            StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => trainer.Update(Batch, (_, _) => throw new FormatException()));
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(1, trainer.Update(Batch, (_, _) => 1)); // no gradient: it is 0
        Numbers.AssertSameBits(before, network.Memory.PackedWeights);
        Assert.Equal(1, trainer.Updates);

        static double WritesNaN(ReadOnlySpan<float> outputs, Span<float> gradients)
        {
            gradients[6] = float.NaN;
            return 1;
        }
    }

    [Fact]
    public void Updates_by_functions_and_losses_of_users_allocate_nothing()
    {
        using Net network = Net.Create(1);
        using var trainer = new Trainer<Net>(network, Options(Loss.MeanSquaredError, truncateEvery: 4, truncateBackward: 2));
        SequenceBatch batch = Batch;
        AllocatedBytes.AssertNone(() => trainer.Update(batch, static (outputs, gradients) =>
        {
            double loss = 0;
            for (int i = 0; i < outputs.Length; i++)
            {
                loss += outputs[i] * outputs[i] / 2;
                gradients[i] = outputs[i];
            }

            return loss;
        }));
        float[] values = Values, weights = Weights;
        foreach (Loss loss in new Loss[] { new LogCosh(), Loss.Huber(), Loss.MeanAbsoluteError, Loss.ErrorToSignal.WithPreEmphasis(0.95f) })
        {
            using var users = new Trainer<Net>(network, new TrainerOptions { Optimizer = new Lion(1e-3f), Loss = loss, ClipNorm = 1 });
            AllocatedBytes.AssertNone(() => users.Update(batch, values, weights));
        }
    }
}
