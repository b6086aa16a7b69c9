using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Planning;

/// <summary>Decides where the values of one step of one stream are: in its state, or in the scratch that follows it.</summary>
internal sealed class StepPlanner(
    IReadOnlyList<StatePlan> states, IReadOnlyDictionary<string, LayerContext> contexts, IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
{
    private readonly int _stateEnd = StateLength(states);
    private readonly NameScope _names = new(name => ShortNames.Find(name) is not null);
    private readonly Dictionary<string, Reference> _values = new() { [Part.NetworkInput] = new RowBuffer("", Memory.Input, 0, 0).At(0) };
    private readonly List<StageStep> _stages = [];
    private readonly List<RowStep> _rows = [];
    private int _scratch;

    public static StepPlan Plan(
        IReadOnlyList<PartPlan> parts,
        StepTiles tiles,
        IReadOnlyList<StatePlan> states,
        IReadOnlyDictionary<string, LayerContext> contexts,
        IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
    {
        var planner = new StepPlanner(states, contexts, layouts);
        foreach (var part in parts)
            planner._values.Add(part.Id, part.Part.Role switch
            {
                PartRole.LastStep or PartRole.Noise => planner.Input(part), // The current step is the last so far; noise is for training.
                PartRole.Columns => planner.Columns(part),
                PartRole.Window => planner.Window(part),
                _ => planner.Cell(part, tiles),
            });
        var direction = tiles.Steps.Values.Any(tile => tile.Alternates) ? planner.Take(1, "WayOfLastStep") : null;
        return new StepPlan(planner._scratch, planner._stages, planner._rows, planner._values[parts[parts.Count - 1].Id]) { Direction = direction };
    }

    /// <summary>Floats of all states, padding included.</summary>
    public static int StateLength(IReadOnlyList<StatePlan> states) =>
        states.Count == 0 ? 0 : states[states.Count - 1].Offset + Blocking.ToLine(states[states.Count - 1].Padded);

    private Reference Input(PartPlan part) => _values[part.Part.Inputs[0].Source];

    private Reference Columns(PartPlan part)
    {
        var output = Take(part.OutputStride, part.Id, TapePlanner.Output);
        _rows.Add(new RowStep(part.Id, part.Columns.Zip(part.Part.Inputs, (columns, input) =>
            new CopyBack(_values[input.Source], output.Further(columns.Offset), columns.Size)).ToList(), null));
        return output;
    }

    private Reference Window(PartPlan part)
    {
        var output = Take(part.OutputStride, part.Id, TapePlanner.Output);
        _rows.Add(new RowStep(part.Id, [], (Input(part), State(part, states.First(state => state.Part == part.Id)), output)));
        return output;
    }

    private Reference Cell(PartPlan part, StepTiles tiles)
    {
        var context = contexts[part.Id];
        var places = part.Part.Inputs.ToDictionary(input => input.Name, input => _values[input.Source]);
        var copies = new List<CopyBack>();
        foreach (var state in context.Cell.States)
        {
            var plan = states.First(candidate => candidate.Part == part.Id && candidate.Name == state.Name);
            var home = State(part, plan);
            places[state.Previous] = home;
            places[state.Name] = ReadAfterWriting(part, context, state, tiles) ? Take(plan.Padded, part.Id, "Next", state.Name) : home;
            if (places[state.Name] != home)
                copies.Add(new CopyBack(places[state.Name], home, plan.Padded));
        }

        foreach (string variable in Enumerable.Range(0, part.Stages.Count).SelectMany(context.Stored).Where(variable => !context.IsState(variable)))
            places[variable] = Take(context.StrideOf(variable), part.Id, variable);
        for (int index = 0; index < part.Stages.Count; index++)
        {
            foreach (var diagonal in layouts[part.Id][index].Diagonals)
                places[diagonal.Key] = diagonal.Value.At(0);
            foreach (var mean in part.Stages[index].Means)
                places[mean.To] = Take(mean.ToStride, part.Id, mean.To);
            bool storesSums = tiles.StoreSums(part.Stages[index]);
            if (storesSums)
                places[StagePlanner.PreActivations] = Take(part.Stages[index].Product.BlockWidth, part.Stages[index].Id, "Sums");
            _stages.Add(new StageStep(
                part.Id,
                part.Stages[index].Id,
                StepPointers(part.Stages[index], storesSums).Select(pointer => new PointerPlace(pointer, places[pointer])).ToList(),
                index == part.Stages.Count - 1 ? copies : [],
                part.Stages[index].Means.Select(mean => (mean, places[mean.From], places[mean.To])).ToList()));
        }

        string output = context.Cell.Output;
        return context.IsState(output) ? places[CellState.PreviousOf(output)] : places[output];
    }

    /// <summary>The pointers of a stage's step: what its product reads, where its sums go if not to registers, then what its equations read and write.</summary>
    private static IReadOnlyList<string> StepPointers(StagePlan stage, bool storesSums) =>
        stage.Product.Segments.Select(segment => segment.Source)
            .Concat(storesSums ? [StagePlanner.PreActivations] : [])
            .Concat(stage.Cell.Loads.Select(load => load.Pointer.Name).Where(pointer => pointer != StagePlanner.PreActivations))
            .Concat(stage.Cell.Stores.Select(store => store.Pointer.Name))
            .Distinct()
            .ToList();

    /// <summary>Whether a state is still read, as the last step left it, after its first new values are written.</summary>
    private static bool ReadAfterWriting(PartPlan layer, LayerContext context, CellState state, StepTiles tiles)
    {
        int writer = context.StageOf(state.Name);
        var stage = layer.Stages[writer];
        var blocking = stage.Product.Blocking;
        bool severalTiles = tiles.Reduced.TryGetValue(stage.Id, out var reduced)
            ? reduced.Units < blocking.PaddedUnits
            : blocking.Blocks > 1 || !tiles.Steps[stage.Id].IsWhole;
        bool multiplies = stage.Product.Segments.Any(segment => segment.Source == state.Previous);
        return (severalTiles && multiplies && stage.Reduced?.Copies(state.Previous) != true) || layer.Stages.Skip(writer + 1).Any(later => later.Stage.Reads(state.Previous));
    }

    /// <summary>A state where the stream keeps it.</summary>
    private Reference State(PartPlan part, StatePlan state) => new RowBuffer(_names.Take(part.Id, state.Name), Memory.State, state.Offset, 0).At(0);

    private Reference Take(int length, params string[] name)
    {
        var place = new RowBuffer(_names.Take(name), Memory.State, _stateEnd + _scratch, 0);
        _scratch += Blocking.ToLine(length);
        return place.At(0);
    }
}

/// <summary>The tiles of a target's steps, by the ids of stages: those of stages with reduced weights, and of the others.</summary>
internal sealed record StepTiles(IReadOnlyDictionary<string, Tile> Steps, IReadOnlyDictionary<string, ReducedTile> Reduced)
{
    /// <summary>Whether a stage's sums go to memory before its equations take them.</summary>
    public bool StoreSums(StagePlan stage) => stage.Reduced is null && Steps[stage.Id].StoresSums;
}
