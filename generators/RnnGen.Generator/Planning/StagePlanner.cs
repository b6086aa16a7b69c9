using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the kernels of one stage: its product, its equations.</summary>
internal sealed class StagePlanner(LayerContext layer, int index, StageLayout layout)
{
    public const string PreActivations = "pre";
    public const string Kept = "kept";

    private readonly Stage _stage = layout.Stage;
    private readonly int _padded = layout.Blocking.PaddedUnits;

    /// <summary>The prefix of the stage's methods.</summary>
    public string Id => layer.StageId(index);

    private string Title => layer.Cell.Stages.Count == 1 ? layer.Name : $"{layer.Name}, stage {Names.Number(index + 1)}";

    public StagePlan Plan(StageTrainingPlan? training) => new(Id, _stage, layout.Offset, Product(), Cell(), training)
    {
        Means = _stage.Means
            .Select(mean => new MeanPlan(mean.Source, layer.StrideOf(mean.Source), mean.Name, _padded, _stage.Units, Accumulate: false))
            .ToList(),
    };

    private ProductShape Product() => new(
        Id + "Product",
        $"{Title}: the pre-activations {string.Join(", ", _stage.Accumulators.Select(accumulator => accumulator.Name))} of some rows.",
        _stage.Accumulators.Select(accumulator => accumulator.Name).ToList(),
        layout.Blocking,
        layout.BlockStride,
        layout.Biases,
        layout.Segments.Select(segment => segment.Segment).ToList(),
        PreActivations,
        layout.RowStride,
        _padded,
        Accumulate: false)
    {
        Sets = StepRegime.Sets(layout.Blocking, layout.Segments.Select(segment => segment.Segment).ToList()),
    };

    private PointwisePlan Cell() => Forward(Id + "Cell", $"{Title}: from pre-activations to {string.Join(", ", layer.Stored(index))}.", []);

    /// <summary>The forward equations; <paramref name="kept"/> variables are also written to the tape.</summary>
    public PointwisePlan Forward(string id, string summary, IReadOnlyList<string> kept)
    {
        var loads = _stage.Accumulators.Select((accumulator, place) => new Load(accumulator.Name, PreActivations, place * _padded)).ToList();
        var here = new HashSet<string>(_stage.Computed.Concat(_stage.Accumulators.Select(accumulator => accumulator.Name)));
        loads.AddRange(
            from variable in _stage.Equations.SelectMany(equation => equation.Value.Variables).Distinct()
            where !here.Contains(variable)
            select new Load(variable, variable, 0));
        var stores = layer.Stored(index).Select(variable => new Store(variable, 0, new Variable(variable), Add: false)).ToList();
        stores.AddRange(kept.Select((variable, place) => new Store(Kept, place * _padded, new Variable(variable), Add: false)));
        var masked = layer.Recurrent
            ? _stage.Computed.Where(layer.IsState)
                .Select(state => new MaskedRow(state, 0, _padded, layer.ResetsMasked ? null : CellState.PreviousOf(state)))
                .ToList()
            : [];
        return new PointwisePlan(
            id,
            summary,
            _padded,
            layer.PaddedUnitsName(index),
            layout.Blocking.BlockUnits,
            Pointers(loads, stores, masked, kept.Count),
            loads,
            Lowering.Lower(_stage.Equations),
            stores,
            masked);
    }

    private List<RowPointer> Pointers(IEnumerable<Load> loads, IEnumerable<Store> stores, IEnumerable<MaskedRow> masked, int kept) =>
        loads.Select(load => load.Pointer)
            .Concat(masked.Select(row => row.From).OfType<string>())
            .Concat(stores.Select(store => store.Pointer))
            .Distinct()
            .Select(pointer => new RowPointer(pointer, StrideOf(pointer, kept)))
            .ToList();

    private int StrideOf(string pointer, int kept) => pointer switch
    {
        PreActivations => layout.RowStride,
        Kept => kept * _padded,
        _ when layout.Diagonals.ContainsKey(pointer) => 0,
        _ => layer.StrideOf(pointer),
    };
}
