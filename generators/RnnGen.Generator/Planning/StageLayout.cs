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
        var terms = Stage.Accumulators.SelectMany((accumulator, place) => accumulator.Terms.Select(term => (Term: term, Accumulator: place))).ToList();
        int end = 0;
        foreach (var group in terms.Where(term => term.Term.Source is null).GroupBy(term => term.Term.Parameter))
        {
            var feeds = group.Select(term => term.Accumulator).ToList();
            Biases.Add(new BiasSlot(group.Key, end, feeds));
            Place(group.Select(term => term.Term), end, feeds.Count);
            end += feeds.Count * Blocking.BlockUnits;
        }

        foreach (var group in terms.Where(term => term.Term.Source is not null).GroupBy(term => term.Term.Source!).OrderBy(group => group.Key.Kind))
        {
            var feeds = group.Select(term => term.Accumulator).ToList();
            var segment = Segment(layer, group.First().Term.Parameter, group.Key, end, feeds);
            Segments.Add((segment, group.Key));
            Place(group.Select(term => term.Term), end, feeds.Count);
            end += segment.Columns * feeds.Count * Blocking.BlockUnits;
        }

        BlockStride = end;
        PlaceGates();
        PlaceDiagonals(LayerContext.StageId(part, index), earlier);
    }

    public Stage Stage { get; }

    public Blocking Blocking { get; }

    /// <summary>Where the stage's weights begin.</summary>
    public int Offset { get; }

    /// <summary>Floats a row of pre-activations or their gradients.</summary>
    public int RowStride => Planning.Blocking.Skewed(Blocking.Blocks * PanelWidth);

    /// <summary>Floats of a row of pre-activations a block: the lanes of every accumulator side by side.</summary>
    public int PanelWidth => Stage.Accumulators.Count * Blocking.BlockUnits;

    /// <summary>Floats a block.</summary>
    public int BlockStride { get; }

    /// <summary>Floats in all.</summary>
    public int Length { get; private set; }

    public List<BiasSlot> Biases { get; } = [];

    public List<(Segment Segment, VectorSource Source)> Segments { get; } = [];

    /// <summary>Where each parameter vector that the equations use begins, from the start of all weights.</summary>
    public Dictionary<string, RowBuffer> Diagonals { get; } = [];

    /// <summary>Where a gate of a parameter lies; null where another stage uses it, or none.</summary>
    public GatePlan? Find(string parameter, int gate) => _gates.TryGetValue((parameter, gate), out var plan) ? plan : null;

    /// <summary>The stage's weights.</summary>
    /// <param name="name">What they are called: the stage's id, or that of a part whose weights they are.</param>
    public StageWeights Weights(string name) => new(
        name, Buffer(Offset, name), Segments.ToDictionary(
            segment => segment.Segment.Source, segment => Buffer(Offset + segment.Segment.Offset, name, "Of", segment.Segment.Source)));

    /// <summary>The weights of some accumulators that a segment feeds.</summary>
    public Panel Panel(Segment segment, FeedRun run) => new(
        Blocking.Blocks,
        run.Count * Blocking.BlockUnits,
        segment.Offset + (run.Slot * Blocking.BlockUnits),
        BlockStride,
        segment.Feeds.Count * Blocking.BlockUnits,
        run.Accumulator * Blocking.BlockUnits,
        PanelWidth);

    /// <summary>A segment's vectors, for rows.</summary>
    public static ProductSource Source(Segment segment) =>
        new(segment.Source, 0, segment.RowStride, segment.Columns, segment.ColumnsName, Gather: segment.Gather);

    /// <summary>What a segment's vector is called.</summary>
    public static string Variable(VectorSource source) => source.Kind == SourceKind.Input ? PartInput.Multiplied : ForwardText.Variable(source);

    private static Segment Segment(LayerContext layer, string parameter, VectorSource source, int offset, IReadOnlyList<int> feeds) => source.Kind switch
    {
        SourceKind.Input => new Segment(PartInput.Multiplied, layer.InputStride, layer.InputSize, layer.InputsName, offset, feeds, Gather: layer.Gathers),
        SourceKind.State => Of(layer, parameter, CellState.PreviousOf(source.Name), offset, feeds),
        _ => Of(layer, parameter, source.Name, offset, feeds),
    };

    private static Segment Of(LayerContext layer, string parameter, string variable, int offset, IReadOnlyList<int> feeds)
    {
        int columns = layer.Cell.Parameters.First(candidate => candidate.Name == parameter).Columns;
        return new(variable, layer.StrideOf(variable), columns, layer.UnitsNameOf(variable), offset, feeds);
    }

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
