using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Gives every value that <c>Run</c> on a batch needs its place in the network's scratch, binds the kernels' pointers to them, and puts the parts into passes
/// over the steps: a part goes into the first pass of its direction in which all that it reads is there.
/// </summary>
internal sealed class RunPlanner
{
    /// <summary>Sequences processed at once: a multiple of the tiles' rows; few enough for the states of small networks to stay in the first cache.</summary>
    private const int Rows = 16;

    private const int StepsToPay = 4;

    /// <summary>Multiply-adds per step.</summary>
    private const int WorkToPay = 2048;

    /// <summary>One part in so many of all multiply-adds.</summary>
    private const int ShareToPay = 3;

    private readonly IReadOnlyList<PartPlan> _parts;
    private readonly SizeScope _sizes;
    private readonly NameScope _names = new(name => ShortNames.Find(name) is not null), _keptNames = new(name => ShortNames.Find(name) is not null);
    private readonly List<bool> _passes = [];
    private readonly Dictionary<string, int> _passOf = [];
    private readonly Dictionary<string, Binding> _values = [];
    private readonly Dictionary<(string Part, string State), Binding> _states = [];
    private readonly Dictionary<string, List<IReadOnlyList<Binding>>> _biases = [];
    private int _length;
    private int _sequenceLength;

    private RunPlanner(IReadOnlyList<PartPlan> parts, SizeScope sizes) => (_parts, _sizes) = (parts, sizes);

    public static RunPlan Plan(
        Size frameStride,
        IReadOnlyList<PartPlan> parts,
        IReadOnlyDictionary<string, LayerContext> contexts,
        IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts,
        IReadOnlyList<StatePlan> states,
        SizeScope sizes)
    {
        var planner = new RunPlanner(parts, sizes);
        planner._values.Add(Part.NetworkInput, new Binding(PartInput.Multiplied, new RowBuffer("", Memory.Frames, 0, frameStride), Moment.Step));
        foreach (var part in parts)
            planner.Schedule(part);
        foreach (var part in parts)
            planner._biases.Add(part.Id, part.Stages.Select(planner.Biases).ToList());
        var runs = parts
            .Select(part => (Part: part, Run: part.Cell is null ? planner.RowPart(part) : planner.CellPart(part, contexts[part.Id], layouts[part.Id])))
            .ToList();
        var last = parts[parts.Count - 1];
        var passes = planner._passes.Select((reverse, pass) => new RunPass(
            reverse,
            runs.Where(run => planner.PassOf(run.Part.Id) == pass).Select(run => run.Run).ToList(),
            planner.PassOf(last.Id) == pass && !last.OncePerSequence)).ToList();
        return new RunPlan(
            sizes.Of(Rows, "Rows of a batch that are processed at once: those of a group of sequences.", "GroupRows"),
            planner._length,
            planner._sequenceLength,
            passes,
            runs.Where(run => planner.PassOf(run.Part.Id) < 0).Select(run => run.Run).ToList(),
            states.Select(state => planner._states[(state.Part, state.Name)]).ToList(),
            planner._values[last.Id])
        {
            MinSteps = parts.SelectMany(part => part.Stages).All(stage => stage.Reduced is null) && IsWorthBatchingSteps(parts) ? StepsToPay : null,
        };
    }

    /// <summary>
    /// Whether several steps of one sequence at once are worth the way of their sums through memory: where enough of the work is products of inputs, whose
    /// weights are then read once for all of those steps.
    /// </summary>
    private static bool IsWorthBatchingSteps(IReadOnlyList<PartPlan> parts)
    {
        var products =
            from part in parts
            from stage in part.Stages
            from product in stage.Rows
            where !product.Source.Gather
            select (part, product);
        long all = 0, ofInputs = 0;
        foreach (var (part, product) in products)
        {
            long work = (long)product.Source.Columns * product.Source.Pieces * product.Panel.Width * product.Panel.Blocks;
            all += work;
            ofInputs += !part.OncePerSequence && product.IsOfInput ? work : 0;
        }

        return ofInputs >= WorkToPay && ofInputs * ShareToPay >= all;
    }

    /// <summary>The pass of a part; −1 for one that is computed once per sequence, after all of them.</summary>
    private int PassOf(string part) => _passOf.TryGetValue(part, out int pass) ? pass : -1;

    private void Schedule(PartPlan part)
    {
        if (part.OncePerSequence && part.Part.Role != PartRole.LastStep)
            return;
        int pass = part.Part.Inputs.Max(input => Math.Max(0, PassOf(input.Source)));
        if (part.Part.Role == PartRole.Surroundings && part.Part.Inputs[0].Source != Part.NetworkInput)
            pass++; // It reads steps that the pass of its input has yet to come to.
        bool? reverse = Direction(part);
        while (pass < _passes.Count && reverse is { } needed && _passes[pass] != needed)
            pass++;
        if (pass == _passes.Count)
            _passes.Add(reverse ?? false);
        _passOf.Add(part.Id, pass);
    }

    /// <summary>
    /// Whether a part has to go from the last step to the first; null where the order does not matter. The step that is kept is the last one that came.
    /// </summary>
    private static bool? Direction(PartPlan part) => part.Part.Role == PartRole.LastStep || part.States.Count > 0 ? part.Part.Reverse : null;

    /// <summary>Whether a later pass reads what a part computes.</summary>
    private bool IsKept(PartPlan part) => !part.OncePerSequence && IsReadLater(part.Id, PassOf(part.Id));

    /// <summary>At inference there is no noise: a reader of dropout reads its input.</summary>
    private bool IsReadLater(string value, int pass) => _parts.Where(later => later.Part.Inputs.Any(input => input.Source == value))
        .Any(later => later.Part.Role == PartRole.Noise ? IsReadLater(later.Id, pass) : PassOf(later.Id) != pass);

    private PartRun RowPart(PartPlan part)
    {
        var inputs = part.Part.Inputs.Select(input => _values[input.Source] with { Pointer = input.Name });
        var output = TakeValue(part, TapePlanner.Output, part.OutputStride);
        _values.Add(part.Id, output);
        var past = part.States.Select(state => _states[(part.Id, state.Name)] = Take(part.Id, state.Name, part.PastStride(state, _sizes))).ToList();
        return new PartRun(part.Id, [new StageBindings(part.Id, [.. inputs, output, .. past])], null);
    }

    private PartRun CellPart(PartPlan part, LayerContext context, IReadOnlyList<StageLayout> layouts)
    {
        if (part.Part.Role == PartRole.Noise)
        {
            _values.Add(part.Id, _values[part.Part.Inputs[0].Source]);
            return new PartRun(part.Id, [], null);
        }

        var shared = part.Part.Inputs.Select(input => _values[input.Source] with { Pointer = input.Name }).ToList();
        foreach (var state in context.Cell.States)
        {
            var values = Take(part.Id, state.Name, context.StrideOf(state.Previous), Moment.After, copies: 2);
            _states.Add((part.Id, state.Name), values);
            shared.Add(values);
            shared.Add(values with { Pointer = state.Previous, Moment = Moment.Before });
        }

        shared.AddRange(Enumerable.Range(0, part.Stages.Count).SelectMany(context.Stored)
            .Where(variable => !context.IsState(variable))
            .Select(variable => variable == context.Cell.Output
                ? TakeValue(part, variable, context.StrideOf(variable))
                : Take(part.Id, variable, context.StrideOf(variable), MomentOf(part))));
        var biases = _biases[part.Id];
        var stages = part.Stages.Select((stage, index) => new StageBindings(stage.Id,
        [
            .. shared,
            Take(stage.Weights.Name, StagePlanner.PreActivations, stage.HasProduct ? stage.Product.OutputRowStride : Size.Of(0), MomentOf(part)),
            .. biases[index],
            .. stage.Means.Select(mean => Take(part.Id, mean.To, mean.ToStride, MomentOf(part))),
            .. layouts[index].Diagonals.Select(diagonal => new Binding(diagonal.Key, diagonal.Value, Moment.Fixed)),
        ])).ToList();
        var output = shared.First(binding => binding.Pointer == context.Cell.Output);
        bool keeps = context.IsState(context.Cell.Output) && IsKept(part);
        var kept = keeps ? TakeSequence(part.Id, output.Pointer, output.Stride) : output;
        _values.Add(part.Id, kept);
        return new PartRun(part.Id, stages, keeps ? (output, kept) : null);
    }

    private IReadOnlyList<Binding> Biases(StagePlan stage)
    {
        if (stage.Biases.Count == 0 || stage.Reduced is not null)
            return [];
        var binding = new Binding(
            StagePlanner.Biases,
            new RowBuffer(_names.Take(stage.Weights.Name, StagePlanner.Biases), Memory.Scratch, _length, stage.Product.Sizes.AllPanels),
            Moment.Fixed);
        _length += Blocking.ToLine(binding.Stride);
        return [binding];
    }

    private Binding TakeValue(PartPlan part, string pointer, Size stride) =>
        IsKept(part) ? TakeSequence(part.Id, pointer, stride) : Take(part.Id, pointer, stride, MomentOf(part));

    private static Moment MomentOf(PartPlan part) => part.OncePerSequence ? Moment.Fixed : Moment.Step;

    private Binding TakeSequence(string id, string pointer, Size stride)
    {
        var binding = new Binding(pointer, new RowBuffer(_keptNames.Take(id, pointer), Memory.Sequences, _sequenceLength, stride), Moment.Step);
        _sequenceLength += stride;
        return binding;
    }

    /// <summary>Room for the rows that are processed at once; two of it for states, which are read from the one while they are written to the other.</summary>
    private Binding Take(string id, string pointer, Size stride, Moment moment = Moment.Fixed, int copies = 1)
    {
        var binding = new Binding(pointer, new RowBuffer(_names.Take(id, pointer), Memory.Scratch, _length, stride), moment);
        _length += Blocking.ToLine(stride * Rows * copies);
        return binding;
    }
}
