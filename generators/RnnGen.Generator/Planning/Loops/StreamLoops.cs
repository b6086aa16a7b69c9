using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning.Loops;

/// <summary>One stream for some steps, part after part: each step's values stay in the stream's own scratch.</summary>
internal sealed class StreamLoops(NetworkPlan network, TargetPlan target, StepPlan step)
{
    private const string Backwards = "backwards";

    private static readonly Integer Steps = new HostValue(HostQuantity.StreamSteps);

    public static Routine Plan(NetworkPlan network, TargetPlan target, StepPlan step) => new StreamLoops(network, target, step).Plan();

    private Routine Plan() => new(
        "Run",
        "Runs one stream for some steps, starting from its state.",
        [
            RoutineParameter.Weights, .. network.IsReduced ? new[] { RoutineParameter.Reduced } : [], RoutineParameter.State, RoutineParameter.Inputs,
            RoutineParameter.Outputs, RoutineParameter.Steps,
        ],
        [
            network.Parts.Any(part => !part.OncePerSequence) ? new ForEach("step", Steps, Reverse: false, EachStep().ToList()) : Frame(Steps - 1),
            .. network.ManyToOne ? Parts(once: true).Concat(Answer(0)) : [],
        ])
    {
        IsEntry = true,
        IsOptimized = true,
    };

    private IEnumerable<Operation> EachStep()
    {
        var at = new Local("step");
        yield return Frame(at);
        if (step.Direction is { } direction)
            yield return new Turn(Backwards, direction);
        foreach (var operation in Parts(once: false))
            yield return operation;
        foreach (var operation in network.ManyToOne ? [] : Answer(at))
            yield return operation;
    }

    private Bind Frame(Integer at) => new(new RowBuffer("", Memory.Inputs, 0, network.FrameStride).At(at), Memory.Input);

    private IEnumerable<Operation> Answer(Integer at) => network.Heads.Select(head => new ApplyHead(
        head.Activation, step.Logits.Further(head.Offset), new RowBuffer("", Memory.Outputs, 0, network.OutputStride).At(at).Further(head.Offset), network.Values(head)));

    private IEnumerable<Operation> Parts(bool once) => network.Parts
        .Where(part => part.OncePerSequence == once && part.Part.Role != PartRole.Noise)
        .SelectMany(Part);

    private IEnumerable<Operation> Part(PartPlan part)
    {
        foreach (var rows in step.Rows.Where(rows => rows.PartId == part.Id))
        {
            foreach (var copy in rows.Copies)
                yield return Copy(copy);
            if (rows.Window is { } window)
                yield return new StepWindow(window.Frame, window.Past, window.To, part.Window!);
        }

        foreach (var stage in part.Stages)
        {
            var places = step.Stages.First(candidate => candidate.PartId == part.Id && candidate.StageId == stage.Id);
            foreach (var (mean, from, to) in places.Means)
                yield return new AverageRows(from, mean.FromStride, to, mean.ToStride, mean.Shape, 1, mean.Accumulate);
            yield return new CallStep(
                Kernel(part, stage, places),
                [Weights(stage), .. places.Places.Select(place => place.Place)],
                target.Steps[stage.Id].Alternates ? Backwards : null);
            foreach (var copy in places.CopyBacks)
                yield return Copy(copy);
        }
    }

    /// <summary>The step of a stage.</summary>
    public static StepKernel Kernel(PartPlan part, StagePlan stage, StageStep places) =>
        new(stage.Id + "Step", $"{part.Name}: one time step of one stream.", stage, places.Places.Select(place => place.Pointer).ToList());

    private static Reference Weights(StagePlan stage) => stage.Reduced is { } reduced ? reduced.Weights.At(0) : stage.Weights.All.At(0);

    private static CopyFloats Copy(CopyBack copy) => new(copy.From, copy.To, copy.Length);
}
