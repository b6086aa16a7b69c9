namespace RnnGen.Generator.Planning;

/// <summary>Gives every value that <c>Run</c> on a batch needs its place in the network's scratch, and binds the kernels' pointers to them.</summary>
internal sealed class RunPlanner
{
    /// <summary>Sequences treated at once: a multiple of the tiles' rows; few enough for the states of small networks to stay in the first cache.</summary>
    private const int Rows = 16;

    private const string Scratch = "scratch";

    private int _length;

    public static RunPlan Plan(int inputSize, IReadOnlyList<LayerPlan> layers, IReadOnlyDictionary<string, LayerContext> contexts, IReadOnlyDictionary<string, IReadOnlyList<StageLayout>> layouts)
    {
        var planner = new RunPlanner();
        var output = new Binding("x", "input", 0, inputSize, Moment.Step);
        var runs = new List<LayerRun>();
        foreach (var layer in layers)
        {
            var (run, next) = layer.Cell is null ? planner.LastStep(layer, output) : planner.Layer(layer, contexts[layer.Id], layouts[layer.Id], output);
            runs.Add(run);
            output = next with { Pointer = "x" };
        }

        return new RunPlan(Rows, planner._length, runs, output);
    }

    private (LayerRun Run, Binding Output) LastStep(LayerPlan layer, Binding input)
    {
        var last = Take("y", layer.OutputStride);
        return (new LayerRun(layer.Id, [new StageBindings(layer.Id, [input with { Pointer = "x" }, last])]), last);
    }

    private (LayerRun Run, Binding Output) Layer(LayerPlan layer, LayerContext context, IReadOnlyList<StageLayout> layouts, Binding input)
    {
        var shared = new List<Binding> { input with { Pointer = "x" } };
        foreach (var state in context.Cell.States)
        {
            var values = Take(state.Name, context.StrideOf(state.Previous), Moment.After, copies: 2);
            shared.Add(values);
            shared.Add(values with { Pointer = state.Previous, Moment = Moment.Before });
        }

        shared.AddRange(Enumerable.Range(0, layer.Stages.Count).SelectMany(context.Stored)
            .Where(variable => !context.IsState(variable))
            .Select(variable => Take(variable, context.StrideOf(variable))));
        var stages = layer.Stages.Select((stage, index) => new StageBindings(stage.Id,
        [
            .. shared,
            Take(StagePlanner.PreActivations, stage.Product.OutputRowStride),
            .. layouts[index].Diagonals.Select(diagonal => new Binding(diagonal.Key, "weights", diagonal.Value, 0, Moment.Fixed)),
        ])).ToList();
        return (new LayerRun(layer.Id, stages), shared.First(binding => binding.Pointer == context.Cell.Output));
    }

    private Binding Take(string pointer, int stride, Moment moment = Moment.Fixed, int copies = 1)
    {
        var binding = new Binding(pointer, Scratch, _length, stride, moment);
        _length += Blocking.ToLine(stride * Rows * copies);
        return binding;
    }
}
