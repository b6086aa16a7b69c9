using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Decides which products of inference have reduced weights, and where those lie. What is small stays as it is: reading it was never what takes the time, and
/// making its vector integers would take more.
/// </summary>
internal static class ReducedPlanner
{
    /// <summary>Columns times units: matrices of fewer weights a gate are not worth a copy.</summary>
    private const int MinWeights = 32 * 32;

    /// <summary>Fewer columns than these are multiplied as floats, whatever the others are.</summary>
    private const int MinColumns = 8;

    /// <summary>Vectors of a line that a block has for all that a column feeds: the rest of a tile, where there is more, comes from the next block.</summary>
    private const int LinesOfBlock = 4;

    /// <summary>The same parts, their stages with reduced products where they are to have any.</summary>
    /// <param name="precision">What the network is to have.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="sizes">The constants for the sizes of a part's kernels.</param>
    public static IReadOnlyList<PartPlan> Reduce(string? precision, IReadOnlyList<PartPlan> parts, Func<PartPlan, SizeScope> sizes)
    {
        if (precision is null || !Enum.TryParse(precision, out WeightFormat format) || format == WeightFormat.Float32)
            return parts;
        int offset = 0;
        var byId = parts.ToDictionary(part => part.Id, part => part.Part);
        return parts.Select(part => part with { Stages = part.Stages.Select(stage => Reduced(part, stage)).ToList() }).ToList();

        StagePlan Reduced(PartPlan part, StagePlan stage)
        {
            if (Of(part.Name, stage, format, ReadsInput(part.Part), offset, sizes(part)) is not { } product)
                return stage;
            offset += Blocking.ToLine(product.Length);
            return stage with { Reduced = product };
        }

        // Windows of the network's input are that input.
        bool ReadsInput(Part part) => part.Inputs.Any(input => input.Source == Part.NetworkInput || (byId[input.Source] is { Cell: null } rows && ReadsInput(rows)));
    }

    /// <summary>Words of all copies.</summary>
    public static int Length(IReadOnlyList<PartPlan> parts) =>
        parts.SelectMany(part => part.Stages).Sum(stage => stage.Reduced is { } reduced ? Blocking.ToLine(reduced.Length) : 0);

    private static ReducedProduct? Of(string part, StagePlan stage, WeightFormat format, bool readsInput, int offset, SizeScope sizes)
    {
        var shape = stage.Product;
        if (shape.Segments.Where(segment => !segment.Gather).Sum(segment => segment.Columns) * shape.Blocking.PaddedUnits < MinWeights)
            return null;
        var blocking = BlockingFor(shape);
        var biased = shape.Biases.SelectMany(bias => bias.Feeds).Distinct().OrderBy(accumulator => accumulator).ToList();
        string id = stage.Id + "Reduced", weights = $"{part}: of reduced weights,";
        var units = sizes.Of(blocking.BlockUnits, $"{weights} blocks of units, and units a block.", id, "BlockUnits");
        var panels = new List<ReducedPanel>();
        int end = biased.Count * blocking.BlockUnits;
        bool alike = shape.Segments.Select(segment => segment.Feeds.Count).Distinct().Count() == 1;
        foreach (var segment in shape.Segments)
        {
            var panel = Panel(segment, FormatOf(segment, format, readsInput));
            panels.Add(panel);
            end += (panel.Head + panel.Words) * segment.Feeds.Count * blocking.BlockUnits;
        }

        if (panels.All(panel => panel.Format == WeightFormat.Float32))
            return null;
        string summary = $"{part}: the pre-activations of some rows, from the reduced weights.";
        var cut = new ReducedSizes(
            sizes.Of(blocking.Blocks, $"{weights} blocks of units, and units a block.", id, "Blocks"),
            units,
            sizes.Of(end, $"{weights} words from one block, and from those of some columns, to the next.", id, "BlockStride"));
        return new ReducedProduct(stage.Id + "ReducedProduct", summary, shape, blocking, cut, offset, biased, panels) { WeightsName = stage.Weights.Name };

        ReducedPanel Panel(Segment segment, WeightFormat panelFormat)
        {
            int columns = panelFormat switch { WeightFormat.Int8 => 4, WeightFormat.BFloat16 => 2, _ => 1 };
            return new ReducedPanel(
                segment,
                panelFormat,
                sizes.Of(end, $"{weights} where in a block those begin that multiply a vector, and how many words a unit has of them.", id, segment.Source, "Start"),
                sizes.Of((segment.Columns + columns - 1) / columns, $"{weights} where in a block those begin that multiply a vector, and how many words a unit has of them.", id, segment.Source, "Words"),
                sizes.Of(units.Times(segment.Feeds.Count), $"{weights} words from one block, and from those of some columns, to the next.", id, alike ? "" : segment.Source, "WordStride"));
        }
    }

    /// <summary>
    /// Features may differ in size by orders of magnitude, and so do their weights: one scale for a row of them leaves too few of its bits to the small ones. The
    /// network's input is therefore never multiplied by 8 bits, only what layers compute.
    /// </summary>
    private static WeightFormat FormatOf(Segment segment, WeightFormat format, bool readsInput) =>
        segment.Gather || segment.Columns < MinColumns ? WeightFormat.Float32
        : format == WeightFormat.Int8 && readsInput && segment.Source == PartInput.Multiplied ? WeightFormat.BFloat16
        : format;

    /// <summary>Short blocks, read word by word: a target with narrower vectors goes through a block again while the first cache has it.</summary>
    private static Blocking BlockingFor(ProductShape shape)
    {
        int lines = shape.Blocking.PaddedUnits / Blocking.Line;
        if (lines * Blocking.Line != shape.Blocking.PaddedUnits)
            return shape.Blocking;
        int wanted = Math.Max(1, LinesOfBlock / shape.Segments.Max(segment => segment.Feeds.Count));
        int cut = Tile.Divisors(lines).Where(count => count <= wanted).Max();
        return new Blocking(cut * Blocking.Line, lines / cut);
    }
}
