using RnnGen.Generator.Cells;
using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the kernels of one stage: its product, its equations.</summary>
internal sealed class StagePlanner(LayerContext layer, int index, StageLayout layout)
{
    public const string PreActivations = Names.Own + "pre";
    public const string Kept = Names.Own + "kept";
    public const string Biases = Names.Own + "biases";

    private readonly Stage _stage = layout.Stage;
    private readonly int _padded = layout.Blocking.PaddedUnits;
    private readonly int _lanes = layout.Blocking.BlockUnits;
    private readonly int _sets = StepRegime.Sets(layout.Blocking, layout.Segments.Select(segment => segment.Segment).ToList());

    /// <summary>The prefix of the stage's methods.</summary>
    public string Id => layer.StageId(index);

    private string Title => layer.Cell.Stages.Count == 1 ? layer.Name : $"{layer.Name}, stage {Names.Number(index + 1)}";

    public StagePlan Plan(StageTrainingPlan? training) => new(Id, _stage, layout.Weights(Id), Product(), Cell(), training)
    {
        Rows = Rows().ToList(),
        Biases = layout.Biases
            .SelectMany(bias => FeedRun.Of(bias.Feeds).Select(run =>
                new BiasPlan(bias.Offset + (run.Slot * _lanes), run.Accumulator * _lanes, run.Count * _lanes)))
            .ToList(),
        Means = _stage.Means
            .Select(mean => new MeanPlan(
                mean.Source, layer.Row(mean.Source).Stride, mean.Name, _padded, new MeanShape(mean.First, mean.Count, 0, _stage.Units, mean.Count) { IsMaximum = mean.IsMaximum },
                Accumulate: false))
            .ToList(),
    };

    private ProductShape Product() => new(
        _stage.Accumulators.Select(accumulator => accumulator.Name).ToList(),
        layout.Blocking,
        layout.BlockStride,
        layout.Biases,
        layout.Segments.Select(segment => segment.Segment).ToList(),
        layout.RowStride)
    {
        Sets = _sets,
    };

    private ProductSource Source(Segment segment, int width) => StageLayout.Source(segment).Sets(ProductShape.SetsOf(segment, _sets)).InPieces(width);

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
                    $"{Title}: what {Names.Plain(segment.Source)} gives to {string.Join(", ", names)} of some rows{(start == SumsStart.Biases ? ", and the biases" : "")}.",
                    Source(segment, run.Count * _lanes), layout.Panel(segment, run), PreActivations, layout.RowStride, start);
            }

            fed.UnionWith(segment.Feeds);
        }
    }

    /// <summary>The forward equations, as inference computes them.</summary>
    public PointwisePlan Cell() => Forward(Id + "Cell", $"{Title}: from pre-activations to {string.Join(", ", layer.Stored(index))}.", []);

    /// <summary>The forward equations; <paramref name="kept"/> variables are also written to the tape.</summary>
    public PointwisePlan Forward(string id, string summary, IReadOnlyList<string> kept)
    {
        var sums = new RowPointer(PreActivations, layout.RowStride, InPanels: true);
        var tape = new RowPointer(Kept, kept.Count * _padded);
        var loads = _stage.Accumulators.Select((accumulator, place) => new Load(accumulator.Name, sums, place * _lanes)).ToList();
        var here = new HashSet<string>(_stage.Computed.Concat(_stage.Accumulators.Select(accumulator => accumulator.Name)));
        loads.AddRange(
            from variable in _stage.Equations.SelectMany(equation => equation.Value.Variables).Distinct()
            where !here.Contains(variable)
            select new Load(variable, layer.Row(variable), 0));
        var stores = layer.Stored(index).Select(variable => new Store(layer.Row(variable), 0, new Variable(variable), Add: false)).ToList();
        stores.AddRange(kept.Select((variable, place) => new Store(tape, place * _padded, new Variable(variable), Add: false)));
        var masked = layer.Recurrent
            ? _stage.Computed.Where(layer.IsState)
                .Select(state => new MaskedRow(layer.Row(state), 0, layer.ResetsMasked ? null : layer.Row(CellState.PreviousOf(state))))
                .ToList()
            : [];
        return new PointwisePlan(
            id,
            summary,
            layer.PaddedUnitsName(index),
            layout.Blocking,
            layout.PanelWidth,
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
