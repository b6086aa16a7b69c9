using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Planning;

/// <summary>Decides where the values of one step of one stream are: in its state, or in the scratch that follows it.</summary>
internal sealed class StepPlanner(
    IReadOnlyList<StatePlan> states, IReadOnlyDictionary<string, LayerContext> contexts, IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
{
    private readonly int _stateEnd = StateLength(states);
    private int _scratch;

    public static StepPlan Plan(
        IReadOnlyList<LayerPlan> layers,
        IReadOnlyList<StageTiles> tiles,
        IReadOnlyList<StatePlan> states,
        IReadOnlyDictionary<string, LayerContext> contexts,
        IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
    {
        var planner = new StepPlanner(states, contexts, layouts);
        var output = new Place("input", 0);
        var stages = new List<StageStep>();
        foreach (var layer in layers.Where(layer => layer.Cell is not null))
            (output, var steps) = planner.Layer(layer, tiles, output, stages);
        return new StepPlan(planner._scratch, stages, output);
    }

    /// <summary>Floats of all states, padding included.</summary>
    public static int StateLength(IReadOnlyList<StatePlan> states) =>
        states.Count == 0 ? 0 : states[states.Count - 1].Offset + Blocking.ToLine(states[states.Count - 1].Padded);

    private (Place Output, int Stages) Layer(LayerPlan layer, IReadOnlyList<StageTiles> tiles, Place input, List<StageStep> stages)
    {
        var context = contexts[layer.Id];
        var places = new Dictionary<string, Place> { ["x"] = input };
        var copies = new List<CopyBack>();
        foreach (var state in context.Cell.States)
        {
            var plan = states.First(candidate => candidate.Layer == layer.Id && candidate.Name == state.Name);
            var home = new Place("state", plan.Offset);
            places[state.Previous] = home;
            places[state.Name] = ReadAfterWriting(layer, context, state, tiles) ? Take(plan.Padded) : home;
            if (places[state.Name] != home)
                copies.Add(new CopyBack(places[state.Name], home, plan.Padded));
        }

        foreach (string variable in Enumerable.Range(0, layer.Stages.Count).SelectMany(context.Stored).Where(variable => !context.IsState(variable)))
            places[variable] = Take(context.StrideOf(variable));
        for (int index = 0; index < layer.Stages.Count; index++)
        {
            foreach (var diagonal in layouts[layer.Id][index].Diagonals)
                places[diagonal.Key] = new Place("weights", diagonal.Value);
            stages.Add(new StageStep(
                layer.Stages[index].Id,
                StepPointers(layer.Stages[index]).Select(pointer => new PointerPlace(pointer, places[pointer])).ToList(),
                index == layer.Stages.Count - 1 ? copies : []));
        }

        string output = context.Cell.Output;
        return (context.IsState(output) ? places[CellState.PreviousOf(output)] : places[output], layer.Stages.Count);
    }

    /// <summary>The pointers of a stage's step: what its product reads, then what its equations read and write.</summary>
    public static IReadOnlyList<string> StepPointers(StagePlan stage) =>
        stage.Product.Segments.Select(segment => segment.Source)
            .Concat(stage.Cell.Loads.Select(load => load.Pointer).Where(pointer => pointer != StagePlanner.PreActivations))
            .Concat(stage.Cell.Stores.Select(store => store.Pointer))
            .Distinct()
            .ToList();

    /// <summary>Whether a state is still read, as the last step left it, after its first new values are written.</summary>
    private static bool ReadAfterWriting(LayerPlan layer, LayerContext context, CellState state, IReadOnlyList<StageTiles> tiles)
    {
        int writer = context.StageOf(state.Name);
        var stage = layer.Stages[writer];
        bool severalTiles = stage.Product.Blocking.Blocks > 1 || tiles.First(tile => tile.StageId == stage.Id).Step.Units < stage.Product.Blocking.BlockUnits;
        return (severalTiles && Multiplies(stage)) || layer.Stages.Skip(writer + 1).Any(later => Multiplies(later) || later.Cell.Loads.Any(load => load.Pointer == state.Previous));

        bool Multiplies(StagePlan candidate) => candidate.Product.Segments.Any(segment => segment.Source == state.Previous);
    }

    private Place Take(int length)
    {
        var place = new Place("state", _stateEnd + _scratch);
        _scratch += Blocking.ToLine(length);
        return place;
    }
}
