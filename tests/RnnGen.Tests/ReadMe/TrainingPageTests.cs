using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.ReadMe;

/// <summary>The code of docs/guides/training.md is code of this folder, and runs.</summary>
public sealed class TrainingPageTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private static TrainingSet Sequences { get; } = TrainingSet.PerSequence(
        [.. Enumerable.Range(0, 8).Select(i => Numbers.Draw(i, 20 * (3 + i)))], features: 20, (int[])[.. Enumerable.Range(0, 8)]);

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_cancelled_program_goes_on()
    {
        using var net = new DigitRecognizer(seed: 1);
        using var trainer = new Trainer<DigitRecognizer>(net, Options());
        TrainingSet training = Sequences;
        TrainingSet? validation = null;
        string path = _file;

        // README: cancel
        using var cancellation = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;                              // let the program end normally
            cancellation.Cancel();
        };
        try
        {
            trainer.Fit(training, validation, epochs: 100, checkpoint: new CheckpointOptions(path, every: 1000), cancellationToken: cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"stopped after {trainer.Updates} updates; run again to continue from {path}");
        }
        // README: end

        Assert.Equal(300, trainer.Updates);
    }

    [Fact]
    public void A_function_is_a_loss()
    {
        using var net = new DigitRecognizer(seed: 1);
        using var trainer = new Trainer<DigitRecognizer>(net, Options());
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Numbers.Draw(1, 20 * 5 * 2), 5, 2, 20);
        float[] rewards = [1, 0.5f];
        int[] taken = [3, 7];

        // README: function
        // REINFORCE: −reward · log p of the action taken, one row per sequence
        float loss = trainer.Update(batch, (outputs, gradients) =>
        {
            double sum = 0;
            for (int sequence = 0; sequence < taken.Length; sequence++)
            {
                int action = sequence * DigitRecognizer.OutputSize + taken[sequence];
                sum -= rewards[sequence] * Math.Log(outputs[action]);
                gradients[action] = -rewards[sequence] / outputs[action];
            }

            return sum;
        });
        // README: end

        Assert.InRange(loss, 1, 10);
    }

    [Fact]
    public void Several_outputs_learn_together()
    {
        using var net = new Listener(seed: 1);
        float[][] sequences = [.. Enumerable.Range(0, 4).Select(i => Numbers.Draw(i, 20 * 3))];
        float[][] speech = [.. Enumerable.Range(0, 4).Select(i => new float[] { 0, i % 2, 1 })];
        float[][] known = [.. Enumerable.Range(0, 4).Select(i => new float[] { 0, 1, 1 })];
        int[][] words = [.. Enumerable.Range(0, 4).Select(i => new[] { 0, i, 3 - i })];

        // README: outputs
        Loss loss = Loss.PerOutput(
            new OutputLoss(Listener.Outputs.Speech, Loss.BinaryCrossEntropy, weight: 0.5f),
            new OutputLoss(Listener.Outputs.Word, Loss.CrossEntropy));
        TrainingSet set = TrainingSet.PerOutput(
            sequences, features: 20, [OutputTargets.ValuesPerStep(Listener.Outputs.Speech, speech), OutputTargets.ClassPerStep(Listener.Outputs.Word, words, known)]);
        using var trainer = new Trainer<Listener>(net, new TrainerOptions { Optimizer = new Adam(1e-2f), Loss = loss });
        trainer.Fit(set, null, epochs: 10);
        float? accuracy = trainer.Evaluate(set)[Listener.Outputs.Word].Accuracy;
        // README: end

        Assert.NotNull(accuracy);
    }

    private static TrainerOptions Options() => new() { Optimizer = new Adam(3e-3f), Loss = Loss.CrossEntropy, BatchSize = 3 };
}
