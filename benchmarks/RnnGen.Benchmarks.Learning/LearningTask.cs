using RnnGen.Training;

namespace RnnGen.Benchmarks.Learning;

/// <summary>Sequences, each with a class.</summary>
internal sealed record LabelledSequences(float[][] Sequences, int[] Classes);

/// <summary>How a network did in one training.</summary>
/// <param name="TrainingLoss">The mean cross-entropy over the training set after the last epoch.</param>
/// <param name="TestAccuracy">The share of test sequences whose class is right.</param>
/// <param name="Seconds">Processor time of all updates.</param>
/// <param name="Padding">The share of the batches' steps that are masked.</param>
internal readonly record struct Outcome(double TrainingLoss, double TestAccuracy, double Seconds, double Padding);

/// <summary>Something to learn: a training from scratch with an order and a seed.</summary>
/// <param name="Name">By which a command selects it.</param>
/// <param name="Description">What a table says about it.</param>
/// <param name="Seeds">How many trainings of each order are enough to see small differences.</param>
/// <param name="Run">Trains and tests.</param>
internal sealed record LearningTask(string Name, string Description, int Seeds, Func<Order, int, Outcome> Run)
{
    /// <summary>A task that a network learns with <see cref="Trainer{TNetwork}.Update(SequenceBatch, ReadOnlySpan{int})"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What a table says about it.</param>
    /// <param name="seeds">How many trainings of each order.</param>
    /// <param name="create">Makes an untrained network from a seed.</param>
    /// <param name="options">How to train with a seed.</param>
    /// <param name="epochs">How many epochs.</param>
    /// <param name="sets">Gives the training set and the test set of a seed.</param>
    public static LearningTask Of<TNetwork>(
        string name,
        string description,
        int seeds,
        Func<long, TNetwork> create,
        Func<int, TrainerOptions> options,
        int epochs,
        Func<int, (LabelledSequences Training, LabelledSequences Test)> sets)
        where TNetwork : class, INetwork<TNetwork>
    {
        return new LearningTask(name, description, seeds, Train);

        Outcome Train(Order order, int seed)
        {
            (LabelledSequences training, LabelledSequences test) = sets(seed);
            using TNetwork network = create(seed);
            using var trainer = new Trainer<TNetwork>(network, options(seed));
            int features = TNetwork.Layout.InputSize;
            int[] lengths = [.. training.Sequences.Select(sequence => sequence.Length / features)];
            var random = new Random(seed);
            TimeSpan start = Environment.CpuUsage.TotalTime;
            long steps = 0;
            long unmasked = 0;
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                foreach (int[] chosen in order.Form(lengths, trainer.Options.BatchSize, random))
                {
                    var batch = SequenceBatch.Pad([.. chosen.Select(i => training.Sequences[i])], features, Padding.Trailing);
                    trainer.Update(batch, [.. chosen.Select(i => training.Classes[i])]);
                    steps += (long)batch.Steps * batch.BatchSize;
                    unmasked += batch.UnmaskedSteps;
                }
            }

            double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
            return new Outcome(Evaluate(training).Loss, Evaluate(test).Accuracy!.Value, seconds, 1 - ((double)unmasked / steps));

            Evaluation Evaluate(LabelledSequences set) => trainer.Evaluate(TrainingSet.PerSequence(set.Sequences, features, set.Classes));
        }
    }
}
