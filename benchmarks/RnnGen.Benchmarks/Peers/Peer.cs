namespace RnnGen.Benchmarks.Peers;

/// <summary>What a peer can do.</summary>
[Flags]
internal enum PeerTasks
{
    Step = 1,
    Run = 2,
    Update = 4,
}

/// <summary>What a .NET user would pick instead: other code that computes the same networks from the same weights.</summary>
/// <param name="name">As the tables call it.</param>
/// <param name="tasks">What it can do.</param>
internal abstract class Peer(string name, PeerTasks tasks)
{
    public string Name => name;

    public PeerTasks Tasks => tasks;

    /// <summary>One step of one stream a call, from the state that the last call left.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="input">[Input], read in every call.</param>
    /// <param name="output">[1], written in every call.</param>
    public virtual PeerCode Step(CellWeights weights, float[] input, float[] output) => throw Cannot();

    /// <summary>A batch of sequences a call, from the state zero.</summary>
    /// <param name="weights">The network.</param>
    /// <param name="shape">How much it is.</param>
    /// <param name="input">[steps, batch, Input], read in every call.</param>
    /// <param name="output">[steps, batch, 1], written in every call.</param>
    public virtual PeerCode Run(CellWeights weights, BatchShape shape, float[] input, float[] output) => throw Cannot();

    /// <summary>A whole update a call: forward, mean squared error, backward, Adam.</summary>
    /// <param name="weights">The network before the first update.</param>
    /// <param name="shape">How much it is.</param>
    /// <param name="input">[steps, batch, Input].</param>
    /// <param name="targets">[steps, batch, 1].</param>
    /// <param name="learningRate">Adam's.</param>
    /// <param name="loss">[1], written in every call: the loss before the update.</param>
    public virtual PeerCode Update(CellWeights weights, BatchShape shape, float[] input, float[] targets, float learningRate, float[] loss) => throw Cannot();

    private NotSupportedException Cannot() => new($"{name} does {tasks} only");
}

/// <summary>A peer's code, ready to be called.</summary>
internal abstract class PeerCode : IDisposable
{
    /// <summary>Calls it so often in a row, as a program's loop would.</summary>
    public abstract void Call(int calls);

    public virtual void Dispose()
    {
    }
}
