namespace RnnGen.Benchmarks.Learning.Characters;

/// <summary>Sequences of characters and of those that follow, [steps, sequences].</summary>
internal sealed record CharacterBatch(int[] Inputs, int[] Targets, int Steps, int Sequences);

/// <summary>Learns characters, as the sample CharRnn does.</summary>
internal abstract class CharacterLearner(string name) : IDisposable
{
    /// <summary>As the table names it.</summary>
    public string Name { get; } = name;

    /// <summary>An update a chunk, from the state zero; the mean loss before the updates.</summary>
    public abstract double Learn(CharacterBatch batch);

    /// <summary>The mean loss, from the state zero.</summary>
    public abstract double Evaluate(CharacterBatch batch);

    public abstract void Dispose();
}
