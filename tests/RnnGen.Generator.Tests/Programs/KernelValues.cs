using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>What kernels compute, in double precision.</summary>
internal sealed class KernelValues
{
    private readonly Dictionary<Kernel, PointwiseValues> _cells = new(ReferenceEqualityComparer.Instance);

    public void Call(Kernel kernel, IReadOnlyList<Address> places, long rows)
    {
        switch (kernel)
        {
            case RowProduct product:
                for (long row = 0; row < rows; row++)
                    Product(product, places, row);
                break;
            case PointwisePlan cell:
                Cell(cell).Rows(places, rows);
                break;
            case WeightGradientPlan gradient:
                for (long row = 0; row < rows; row++)
                    WeightGradient(gradient, places, row);
                break;
            default:
                throw new ArgumentException($"no value of {kernel.GetType().Name}");
        }
    }

    /// <summary>One step of a stage: tile after tile of units, each of which is multiplied and then written; or a whole block at once, where its sums are stored first.</summary>
    public void Step(StepKernel kernel, Tile tile, IReadOnlyList<Address> places, bool backwards)
    {
        var (product, cell) = (kernel.Stage.Product, Cell(kernel.Stage.Cell));
        int blocks = product.Blocking.Blocks, lanes = product.Blocking.BlockUnits, together = tile.StoresSums ? lanes : tile.Units;
        for (int turn = 0; turn < blocks; turn++)
            for (int lane = 0; lane < lanes; lane += together)
            {
                int block = backwards ? blocks - 1 - turn : turn;
                var sums = Enumerable.Range(lane, Math.Min(together, lanes - lane)).Select(unit => Sums(product, Place, block, unit)).ToList();
                for (int unit = 0; unit < sums.Count; unit++)
                {
                    var pre = sums[unit];
                    cell.Unit(Place, variable => pre[product.Accumulators.ToList().IndexOf(variable)], (block * lanes) + lane + unit);
                }
            }

        Address Place(string pointer) => places[pointer.Length == 0 ? 0 : 1 + kernel.Pointers.ToList().IndexOf(pointer)];
    }

    /// <summary>The pre-activations of a unit.</summary>
    private static double[] Sums(ProductShape product, Func<string, Address> place, int block, int lane)
    {
        int lanes = product.Blocking.BlockUnits;
        var weights = place("").Further((block * product.BlockStride) + lane);
        var sums = new double[product.Accumulators.Count];
        foreach (var bias in product.Biases)
            for (int slot = 0; slot < bias.Feeds.Count; slot++)
                sums[bias.Feeds[slot]] += weights[bias.Offset + (slot * lanes)];
        foreach (var segment in product.Segments)
        {
            var source = place(segment.Source);
            for (int column = segment.Gather ? (int)source[0] : 0, end = segment.Gather ? column + 1 : segment.Columns; column < end; column++)
                for (int slot = 0; slot < segment.Feeds.Count; slot++)
                    sums[segment.Feeds[slot]] += weights[segment.Offset + (((column * segment.Feeds.Count) + slot) * lanes)] * (segment.Gather ? 1 : source[column]);
        }

        return sums;
    }

    private PointwiseValues Cell(PointwisePlan plan)
    {
        if (!_cells.TryGetValue(plan, out var cell))
            _cells.Add(plan, cell = new PointwiseValues(plan));
        return cell;
    }

    private static void Product(RowProduct product, IReadOnlyList<Address> places, long row)
    {
        bool biased = product.Start == SumsStart.Biases;
        var (weights, source) = (places[0], places[1].Further(row * product.Source.RowStride));
        var sums = places[biased ? 3 : 2].Further(row * product.OutputRowStride);
        var panel = product.Panel;
        for (int block = 0; block < panel.Blocks && product.Start != SumsStart.Sums; block++)
            for (int lane = 0; lane < panel.Width; lane++)
            {
                int place = (block * panel.SumsBlockStride) + panel.SumsOffset + lane;
                sums[place] = biased ? places[2][place] : 0;
            }

        foreach (var (weight, sum, column) in Weights(product.Source, panel, source))
            for (int lane = 0; lane < panel.Width; lane++)
                sums[sum + lane] += weights[weight + lane] * (product.Source.Gather ? 1 : source[column]);
    }

    private static void WeightGradient(WeightGradientPlan plan, IReadOnlyList<Address> places, long row)
    {
        var (gradients, dPre, source) = (places[0], places[1].Further(row * plan.RowStride), places[2].Further(row * plan.Source.RowStride));
        foreach (var (weight, sum, column) in Weights(plan.Source, plan.Panel with { Blocks = Size.Of(1) }, source))
            for (int lane = 0; lane < plan.Panel.Width; lane++)
                gradients[weight + lane] += dPre[sum + lane] * (plan.Source.Gather ? 1 : source[column]);
    }

    /// <summary>Where the first weight of each column of each block lies, the sum that it joins, and what it is multiplied with.</summary>
    private static IEnumerable<(int Weight, int Sum, int Column)> Weights(ProductSource source, Panel panel, Address vector)
    {
        for (int block = 0; block < panel.Blocks; block++)
        {
            var (first, sum) = (block * panel.BlockStride, (block * panel.SumsBlockStride) + panel.SumsOffset);
            if (source.Gather)
                yield return (first + ((int)vector[source.Offset] * panel.ColumnStride), sum, 0);
            else
                for (int piece = 0; piece < source.Pieces; piece++)
                    for (int column = 0; column < source.Columns; column++)
                        yield return (first + (((piece * source.Columns) + column) * panel.ColumnStride), sum, source.Offset + (piece * source.PieceStride) + column);
        }
    }
}
