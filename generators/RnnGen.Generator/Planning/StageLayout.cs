using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Where a stage's weights lie. A block holds, for its units: the biases, one value for each accumulator that they feed; then, column by column, the weights of
/// each segment (all matrices that multiply one vector), the input's first, because they do not wait for the last step. Parameter vectors follow the blocks.
/// </summary>
internal sealed class StageLayout
{
    private readonly Dictionary<(string Parameter, int Gate), GatePlan> _gates = [];
    private readonly LayerContext _layer;
    private readonly string _id;
    private readonly Size _blockUnits;
    private readonly bool _columnsDiffer;

    /// <param name="part">The part whose weights they are.</param>
    /// <param name="layer">What its stages share.</param>
    /// <param name="index">Which stage.</param>
    /// <param name="offset">Where its weights begin.</param>
    /// <param name="earlier">The part's stages before it: a parameter vector that several use lies where the first one has it.</param>
    public StageLayout(string part, LayerContext layer, int index, int offset, IReadOnlyList<StageLayout> earlier)
    {
        _layer = layer;
        Stage = layer.Cell.Stages[index];
        Blocking = layer.Blockings[index];
        Offset = offset;
        _id = layer.StageId(index);
        var (units, padded) = (layer.Units(index), layer.PaddedUnits(index));
        string ofBlocks = $"{layer.Name}: blocks of units, whose weights are contiguous, and units per block.";
        var blocks = layer.Sizes.Of(Blocking.Blocks, ofBlocks, _id, "Blocks");
        _blockUnits = layer.Sizes.Of(Blocking.BlockUnits, ofBlocks, _id, "BlockUnits");
        var terms = Stage.Accumulators.SelectMany((accumulator, place) => accumulator.Terms.Select(term => (Term: term, Accumulator: place))).ToList();
        int end = 0;
        foreach (var group in terms.Where(term => term.Term.Source is null).GroupBy(term => term.Term.Parameter))
        {
            var feeds = group.Select(term => term.Accumulator).ToList();
            Biases.Add(new BiasSlot(group.Key, Start(end, group.Key), feeds));
            Place(group.Select(term => term.Term), end, feeds.Count);
            end += feeds.Count * Blocking.BlockUnits;
        }

        var columnsStart = Start(end, "Columns");
        var sources = terms.Where(term => term.Term.Source is not null).GroupBy(term => term.Term.Source!).OrderBy(group => group.Key.Kind).ToList();
        _columnsDiffer = sources.Select(group => group.Count()).Distinct().Count() > 1;
        foreach (var group in sources)
        {
            var feeds = group.Select(term => term.Accumulator).ToList();
            var segment = Segment(group.First().Term.Parameter, group.Key, end, feeds);
            Segments.Add((segment, group.Key));
            Place(group.Select(term => term.Term), end, feeds.Count);
            end += segment.Columns * feeds.Count * Blocking.BlockUnits;
        }

        BlockStride = end;
        string ofPanels = $"{layer.Name}: floats of a row's pre-activations per block, and the offset of the last block's.";
        var panel = layer.Sizes.Of(_blockUnits.Times(Stage.Accumulators.Count), ofPanels, _id, "PanelWidth");
        Sizes = new StageSizes(
            units,
            padded,
            blocks,
            _blockUnits,
            layer.Sizes.Of(BlockStride, OfWeights, _id, "BlockStride"),
            columnsStart,
            panel,
            Blocking.Blocks == 1 ? Size.Of(0) : layer.Sizes.Of(blocks.Minus(Size.Of(1)).Times(panel), ofPanels, _id, "LastPanel"),
            layer.Stride(Planning.Blocking.Skewed(Blocking.Blocks * Stage.Accumulators.Count * Blocking.BlockUnits), _id, StagePlanner.PreActivations));
        PlaceGates();
        PlaceDiagonals(LayerContext.StageId(part, index), earlier);
    }

    public Stage Stage { get; }

    public Blocking Blocking { get; }

    /// <summary>Where the stage's weights begin.</summary>
    public int Offset { get; }

    /// <summary>How it is cut, by the constants of generated code.</summary>
    public StageSizes Sizes { get; }

    /// <summary>Floats per block.</summary>
    private int BlockStride { get; }

    /// <summary>Floats in all.</summary>
    public int Length { get; private set; }

    public List<BiasSlot> Biases { get; } = [];

    public List<(Segment Segment, VectorSource Source)> Segments { get; } = [];

    /// <summary>Where each parameter vector that the equations use begins, from the start of all weights.</summary>
    public Dictionary<string, RowBuffer> Diagonals { get; } = [];

    /// <summary>The rows of what the tape keeps: so many values of all units, one after the other.</summary>
    public RowPointer Tape(int values) => new(StagePlanner.Kept, _layer.Stride(values * Blocking.PaddedUnits, _id, StagePlanner.Kept));

    /// <summary>Where a gate of a parameter lies; null where another stage uses it, or none.</summary>
    public GatePlan? Find(string parameter, int gate) => _gates.TryGetValue((parameter, gate), out var plan) ? plan : null;

    /// <summary>The stage's weights.</summary>
    /// <param name="name">What they are called: the stage's id, or that of a part whose weights they are.</param>
    public StageWeights Weights(string name) => new(
        name, Buffer(Offset, name), Segments.ToDictionary(
            segment => segment.Segment.Source, segment => Buffer(Offset + segment.Segment.Offset, name, "Of", segment.Segment.Source)));

    /// <summary>The weights of some accumulators that a segment feeds.</summary>
    public Panel Panel(Segment segment, FeedRun run) => new(
        Sizes.Blocks,
        Sizes.Width(run.Count),
        Sizes.BlockUnits.Times(run.Slot),
        Sizes.BlockStride,
        segment.ColumnStride,
        Sizes.BlockUnits.Times(run.Accumulator),
        Sizes.PanelWidth);

    /// <summary>A segment's vectors, for rows.</summary>
    public static ProductSource Source(Segment segment) =>
        new(segment.Source, Size.Of(0), segment.RowStride, segment.Columns, segment.Gather);

    /// <summary>What a segment's vector is called.</summary>
    private static string Variable(VectorSource source) => source.Kind == SourceKind.Input ? PartInput.Multiplied : ForwardText.Variable(source);

    /// <summary>How many elements a mean is made of: all of the stage's units, mostly.</summary>
    public Size Count(Mean mean) => mean.Count == Stage.Units ? Sizes.Units : Size.Of(mean.Count);

    /// <summary>Whether training changes what a variable is: a parameter vector may be fixed.</summary>
    public bool IsTrained(string variable) =>
        Stage.Diagonals.FirstOrDefault(diagonal => diagonal.Variable == variable) is not { } parameter || _layer.IsTrained(parameter.Parameter);

    /// <summary>Whether training changes the matrix by which a segment feeds an accumulator.</summary>
    public bool IsTrained(Segment segment, int accumulator) => Stage.Accumulators[accumulator].Terms
        .Where(term => term.Source is { } source && Variable(source) == segment.Source)
        .All(term => _layer.IsTrained(term.Parameter));

    private Segment Segment(string parameter, VectorSource source, int offset, IReadOnlyList<int> feeds) => source.Kind switch
    {
        SourceKind.Input => new Segment(
            PartInput.Multiplied, _layer.InputStride, _layer.Inputs, ColumnStride(PartInput.Multiplied, feeds), offset, feeds, Gather: _layer.Gathers),
        SourceKind.State => Of(parameter, CellState.PreviousOf(source.Name), offset, feeds),
        _ => Of(parameter, source.Name, offset, feeds),
    };

    private Segment Of(string parameter, string variable, int offset, IReadOnlyList<int> feeds)
    {
        int columns = _layer.Cell.Parameters.First(candidate => candidate.Name == parameter).Columns;
        return new(variable, _layer.StrideOf(variable), _layer.UnitsOf(variable) with { Value = columns }, ColumnStride(variable, feeds), offset, feeds);
    }

    /// <summary>Floats from one column's weights to the next: mostly as many in all segments.</summary>
    private Size ColumnStride(string source, IReadOnlyList<int> feeds) => _layer.Sizes.Of(
        _blockUnits.Times(feeds.Count), OfWeights, _id, _columnsDiffer ? source : "", "ColumnStride");

    private string OfWeights => $"{_layer.Name}: floats from one block, and from one column, of weights to the next.";

    private Size Start(int offset, string what) => offset == 0
        ? Size.Of(0)
        : _layer.Sizes.Of(
            _blockUnits.Times(offset / Blocking.BlockUnits), $"{_layer.Name}: offsets of the biases and of the columns after them in a block of weights.", _id, what, "Start");

    private RowBuffer Buffer(int offset, params string[] words) =>
        new(_layer.WeightNames.Of((string.Join(" ", words), offset), words), Memory.Weights, offset, 0);

    /// <summary>Notes the offset in a block and the column stride; the block stride is known when all segments are.</summary>
    private void Place(IEnumerable<Term> terms, int offset, int feeds)
    {
        int slot = 0;
        foreach (var term in terms)
            _gates.Add((term.Parameter, term.Gate), new GatePlan(Offset + offset + (slot++ * Blocking.BlockUnits), 0, feeds * Blocking.BlockUnits));
    }

    private RowBuffer? FindDiagonal(Diagonal wanted) => Stage.Diagonals
        .Where(diagonal => (diagonal.Parameter, diagonal.Gate) == (wanted.Parameter, wanted.Gate))
        .Select(diagonal => Diagonals[diagonal.Variable])
        .FirstOrDefault();

    private void PlaceGates()
    {
        foreach (var key in _gates.Keys.ToList())
            _gates[key] = _gates[key] with { BlockStride = BlockStride };
        Length = BlockStride * Blocking.Blocks;
    }

    private void PlaceDiagonals(string name, IReadOnlyList<StageLayout> earlier)
    {
        foreach (var diagonal in Stage.Diagonals)
        {
            if (earlier.Select(stage => stage.FindDiagonal(diagonal)).FirstOrDefault(place => place is not null) is { } shared)
            {
                Diagonals.Add(diagonal.Variable, shared);
                continue;
            }

            Diagonals.Add(diagonal.Variable, Buffer(Offset + Length, name, diagonal.Variable));
            _gates.Add((diagonal.Parameter, diagonal.Gate), new GatePlan(Offset + Length, Blocking.BlockUnits, 0));
            Length += Blocking.PaddedUnits;
        }

        Length = Planning.Blocking.ToLine(Length);
    }
}
