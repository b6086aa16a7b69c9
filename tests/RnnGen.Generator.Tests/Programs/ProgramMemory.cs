using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>What a program runs on: memories in double precision, laid out as the plan says, and the batch at hand.</summary>
internal sealed class ProgramMemory
{
    private readonly Dictionary<Memory, Address> _memories = [];
    private readonly Dictionary<string, double[]> _regions = [];

    public ProgramMemory(NetworkPlan plan, int steps, int batch)
    {
        (Plan, Steps, Batch, ViewCount) = (plan, steps, batch, batch);
        foreach (var (memory, length) in new (Memory, long)[]
        {
            (Memory.Weights, plan.Sizes.PackedWeights),
            (Memory.Gradients, plan.Sizes.PackedWeights),
            (Memory.Frames, (long)steps * batch * plan.Spec.FrameSize),
            (Memory.Mask, (long)steps * batch),
            (Memory.BatchOutputs, (long)steps * batch * plan.OutputSize),
            (Memory.BatchStates, (long)batch * plan.Sizes.PackedState),
            (Memory.BatchScratch, plan.Run.ScratchLength + ((long)plan.Run.SequenceLength * steps * plan.Run.Rows)),
        })
            _memories.Add(memory, new Address(new double[length], 0));
        _memories.Add(Memory.TapeMask, _memories[Memory.Mask]);
        Mask.Fill(1);
        foreach (var region in plan.Tape?.Regions ?? [])
            _regions.Add(region.Id, new double[Rows(region.Rows) * region.Stride]);
    }

    public NetworkPlan Plan { get; }

    /// <summary>Whether streams bring their states; otherwise sequences start anew.</summary>
    public bool HasStates { get; set; }

    /// <summary>Time steps of the batch.</summary>
    public int Steps { get; }

    /// <summary>Its sequences.</summary>
    public int Batch { get; }

    /// <summary>The first sequence of the view of the tape, or to run.</summary>
    public int ViewFirst { get; set; }

    /// <summary>The sequences of the view, or to run.</summary>
    public int ViewCount { get; set; }

    public Span<double> Weights => Of(Memory.Weights);

    public Span<double> Gradients => Of(Memory.Gradients);

    /// <summary>[T, B]; 1 is a real step.</summary>
    public Span<double> Mask => Of(Memory.Mask);

    public Span<double> Of(Memory memory) => _memories[memory].Memory;

    public Address Base(Memory memory) => _memories[memory];

    /// <summary>Gives a memory another place: a stream's frame, a local of a routine.</summary>
    public void Bind(Memory memory, Address place) => _memories[memory] = place;

    public double[] Region(string id) => _regions[id];

    public double[] Region(int index) => _regions[Plan.Tape!.Regions[index].Id];

    public bool IsReal(int step, int sequence) => Mask[(step * Batch) + sequence] != 0;

    /// <summary>Sets the mask: a row of characters a sequence, # for a real step.</summary>
    public void SetMask(IReadOnlyList<string> masks)
    {
        for (int row = 0; row < Mask.Length; row++)
            Mask[row] = masks[row % Batch][row / Batch] == '#' ? 1 : 0;
    }

    /// <summary>The last or the first real step of a sequence; −1 where it has none.</summary>
    public int End(int sequence, bool first)
    {
        var real = Enumerable.Range(0, Steps).Where(step => IsReal(step, sequence)).ToList();
        return real.Count == 0 ? -1 : first ? real[0] : real[^1];
    }

    private int Rows(string rows) => rows switch
    {
        "One" => 1,
        "Batch" => Batch,
        "TwoBatches" => 2 * Batch,
        "Steps" => Steps * Batch,
        "StepsAndInitial" => (Steps + 1) * Batch,
        _ => throw new ArgumentException($"no rows '{rows}'"),
    };
}
