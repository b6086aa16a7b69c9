using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Equations;

/// <summary>
/// The memory of one training pass in double precision, laid out as the plan says: packed weights and their gradients, and the tape's regions.
/// </summary>
internal sealed class PlanMemory
{
    private readonly NetworkPlan _plan;
    private readonly Dictionary<string, double[]> _regions;

    public PlanMemory(NetworkPlan plan, int steps, int batch)
    {
        (_plan, Steps, Batch) = (plan, steps, batch);
        Weights = new double[plan.Sizes.PackedWeights];
        Gradients = new double[plan.Sizes.PackedWeights];
        _regions = plan.Tape!.Regions.ToDictionary(region => region.Id, region => new double[Rows(region.Rows) * region.Stride]);
    }

    public int Steps { get; }

    public int Batch { get; }

    public double[] Weights { get; }

    public double[] Gradients { get; }

    /// <summary>Whether a step of a sequence is real.</summary>
    public Func<int, int, bool> IsReal { get; set; } = (_, _) => true;

    public double[] Region(int index) => _regions[_plan.Tape!.Regions[index].Id];

    public double[] Region(string id) => _regions[id];

    /// <summary>The row that a kernel's pointer stands for at a step of a sequence.</summary>
    public ArraySegment<double> Row(PartPlan part, Binding binding, int step, int sequence) => binding.Place switch
    {
        _ when binding.Pointer == StagePlanner.Biases => new(_regions[binding.Place]),
        "weights" => new(Weights, binding.Offset, Weights.Length - binding.Offset),
        "gradients" => new(Gradients, binding.Offset, Gradients.Length - binding.Offset),
        _ => new(_regions[binding.Place], RowIndex(binding.Moment, step, part.Part.Reverse ? Steps - 1 - step : step, sequence) * binding.Stride, binding.Stride),
    };

    private int RowIndex(Moment moment, int step, int turn, int sequence) => sequence + (Batch * moment switch
    {
        Moment.Step => step,
        Moment.NextStep => step + 1,
        Moment.Before => turn & 1,
        Moment.After => (turn & 1) ^ 1,
        _ => 0,
    });

    // A chunk of rows is a batch here, so a region of one chunk needs no more rows than that.
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
