using RnnGen.Samples.CharRnn;
using RnnGen.Training;

namespace RnnGen.Benchmarks.Learning.Characters;

/// <summary>The sample's network and trainer.</summary>
internal sealed class GeneratedLearner(CharacterModel network, TrainerOptions options) : CharacterLearner("RnnGen")
{
    private readonly Trainer<CharacterModel> _trainer = new(network, options);

    public override double Learn(CharacterBatch batch) =>
        _trainer.Update(SequenceBatch.FromTimeMajor(batch.Inputs, batch.Steps, batch.Sequences), batch.Targets);

    public override double Evaluate(CharacterBatch batch)
    {
        int[][] Columns(int[] values) =>
            [.. Enumerable.Range(0, batch.Sequences).Select(sequence => Enumerable.Range(0, batch.Steps).Select(step => values[(step * batch.Sequences) + sequence]).ToArray())];

        return _trainer.Evaluate(TrainingSet.PerStep(Columns(batch.Inputs), Columns(batch.Targets))).Loss;
    }

    public override void Dispose() => _trainer.Dispose();
}
