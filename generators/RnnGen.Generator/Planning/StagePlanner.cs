using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the kernels of one stage: its product, its equations.</summary>
internal sealed class StagePlanner(LayerContext layer, int index, StageLayout layout)
{
    public const string PreActivations = Names.Own + "pre";
    public const string Kept = Names.Own + "kept";
    public const string Biases = Names.Own + "biases";

    private readonly Stage _stage = layout.Stage;
    private readonly Size _padded = layout.Sizes.PaddedUnits;

    /// <summary>The prefix of the stage's methods.</summary>
    public string Id => layer.StageId(index);

    private string Title => layer.Cell.Stages.Count == 1 ? layer.Name : $"{layer.Name}, stage {Names.Number(index + 1)}";

    public StagePlan Plan(StageTrainingPlan? training) => new(Id, _stage, layout.Weights(Id), Product(), Cell(), training)
    {
        Rows = Rows().ToList(),
        Biases = layout.Biases
            .SelectMany(bias => FeedRun.Of(bias.Feeds).Select(run =>
                new BiasPlan(
                    bias.Offset.Plus(layout.Sizes.BlockUnits.Times(run.Slot)), layout.Sizes.BlockUnits.Times(run.Accumulator), layout.Sizes.Width(run.Count))))
            .ToList(),
        Means = _stage.Means
            .Select(mean => new MeanPlan(
                mean.Source, layer.Row(mean.Source).Stride, mean.Name, layer.StrideOf(mean.Name),
                new MeanShape(Size.Of(mean.First), layout.Count(mean), Size.Of(0), layout.Sizes.Units, layout.Count(mean)) { IsMaximum = mean.IsMaximum },
                Accumulate: false))
            .ToList(),
    };

    private ProductShape Product() => new(
        _stage.Accumulators.Select(accumulator => accumulator.Name).ToList(),
        layout.Blocking,
        layout.Sizes,
        layout.Biases,
        layout.Segments.Select(segment => segment.Segment).ToList());

    /// <summary>The same for many rows, segment by segment: the first that feeds an accumulator starts from its biases.</summary>
    private IEnumerable<RowProduct> Rows()
    {
        var fed = new HashSet<int>();
        foreach (var segment in layout.Segments.Select(segment => segment.Segment))
        {
            int part = 0;
            foreach (var run in FeedRun.Of(segment.Feeds, feed => fed.Contains(feed)).ToList())
            {
                var start = fed.Contains(run.Accumulator) ? SumsStart.Sums : layout.Biases.Count > 0 ? SumsStart.Biases : SumsStart.Zero;
                var names = _stage.Accumulators.Skip(run.Accumulator).Take(run.Count).Select(accumulator => accumulator.Name);
                yield return new RowProduct(
                    layer.Methods.Of((Id, "Product", segment.Source, part), Id, "Product", segment.Source, part++ == 0 ? "" : Names.Number(part)),
                    $"{Title}: the products of {Names.Plain(segment.Source)} in {string.Join(", ", names)}, for some rows{(start == SumsStart.Biases ? ", plus the biases" : "")}.",
                    StageLayout.Source(segment), layout.Panel(segment, run), PreActivations, layout.Sizes.RowStride, start);
            }

            fed.UnionWith(segment.Feeds);
        }
    }

    /// <summary>The forward equations, as inference computes them.</summary>
    public PointwisePlan Cell() => Forward(Id + "Cell", $"{Title}: computes {string.Join(", ", layer.Stored(index))} from pre-activations.", []);

    /// <summary>The forward equations; <paramref name="kept"/> variables are also written to the tape.</summary>
    public PointwisePlan Forward(string id, string summary, IReadOnlyList<string> kept)
    {
        var sums = new RowPointer(PreActivations, layout.Sizes.RowStride, InPanels: true);
        var tape = layout.Tape(kept.Count);
        var loads = _stage.Accumulators.Select((accumulator, place) => new Load(accumulator.Name, sums, layout.Sizes.BlockUnits.Times(place))).ToList();
        var here = new HashSet<string>(_stage.Computed.Concat(_stage.Accumulators.Select(accumulator => accumulator.Name)));
        loads.AddRange(
            from variable in _stage.Equations.SelectMany(equation => equation.Value.Variables).Distinct()
            where !here.Contains(variable)
            select new Load(variable, layer.Row(variable), Size.Of(0)));
        var stores = layer.Stored(index).Select(variable => new Store(layer.Row(variable), Size.Of(0), new Variable(variable), Add: false)).ToList();
        stores.AddRange(kept.Select((variable, place) => new Store(tape, _padded.Times(place), new Variable(variable), Add: false)));
        var masked = layer.Recurrent
            ? _stage.Computed.Where(layer.IsState)
                .Select(state => new MaskedRow(layer.Row(state), Size.Of(0), layer.ResetsMasked ? null : layer.Row(CellState.PreviousOf(state))))
                .ToList()
            : [];
        return new PointwisePlan(
            id,
            summary,
            layout.Blocking,
            layout.Sizes,
            loads.Select(load => load.Pointer)
                .Concat(masked.Select(row => row.From).OfType<RowPointer>())
                .Concat(stores.Select(store => store.Pointer))
                .Distinct()
                .ToList(),
            loads,
            Lowering.Lower(_stage.Equations),
            stores,
            masked);
    }
}
