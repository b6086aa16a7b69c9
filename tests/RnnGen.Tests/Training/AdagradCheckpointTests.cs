using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Checkpoints of Adagrad from before it remembered what rounding takes from its sums.</summary>
public sealed class AdagradCheckpointTests
{
    [Fact]
    public void A_checkpoint_with_sums_alone_goes_on()
    {
        string path = Path.Combine(Path.GetTempPath(), $"adagrad-{Guid.NewGuid():N}");
        try
        {
            using var network = new Sums.MeanThenDense(seed: 1);
            var options = new TrainerOptions { Optimizer = new Adagrad(0.1f), Loss = Loss.MeanSquaredError };
            float[] weights = ((INetwork<Sums.MeanThenDense>)network).Memory.PackedWeights.ToArray(), sums = Numbers.Draw(1, weights.Length);
            for (int i = 0; i < sums.Length; i++)
                sums[i] = weights[i] == 0 ? 0 : 1 + sums[i]; // padding stays 0
            CheckpointFile.Write(path, ((INetwork<Sums.MeanThenDense>)network).Memory.Layout, options, new Checkpoint(weights, [sums], 7, 1, null));
            using var trainer = new Trainer<Sums.MeanThenDense>(network, options);
            trainer.LoadCheckpoint(path);
            Assert.Equal(7, trainer.Updates);
            trainer.Update(SequenceBatch.FromTimeMajor([1, 2, 3, 4, 5], 1, 1, 5), [5f, 4, 3, 2, 1]);
            trainer.SaveCheckpoint(path);
            trainer.LoadCheckpoint(path);
            Assert.Equal(8, trainer.Updates);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
