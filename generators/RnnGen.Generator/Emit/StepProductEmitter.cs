using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the product of one time step of one stream, whose sums stay in registers for the equations that follow.</summary>
internal sealed class StepProductEmitter(CodeWriter writer, ProductShape product, Tile tile)
{
    private readonly string _vector = VectorType.Of(tile.Lanes);

    private bool WholeBlock => tile.Units == product.Blocking.BlockUnits;

    private string Lane => WholeBlock ? "0" : "lane";

    /// <summary><paramref name="epilogue"/> takes the sums: the first unit of a vector, then the vectors of that unit's accumulators.</summary>
    public void Emit(Action<string, IReadOnlyList<string>> epilogue)
    {
        using (writer.BlockIf(product.Blocking.Blocks == 1 ? null : $"for (nint block = 0; block < {N(product.Blocking.Blocks)}; block++)"))
        using (writer.BlockIf(WholeBlock ? null : $"for (nint lane = 0; lane < {N(product.Blocking.BlockUnits)}; lane += {N(tile.Units)})"))
        {
            Sums();
            for (int vector = 0; vector < tile.Vectors; vector++)
            {
                int place = vector;
                epilogue(Unit(vector), product.Accumulators.Select(accumulator => Sum(accumulator, place)).ToList());
            }
        }
    }

    /// <summary>Everything from the biases to the last column.</summary>
    private void Sums()
    {
        writer.Line($"ref float w = {KernelText.At("weights", KernelText.Sum(Block(product.BlockStride), Lane))};");
        foreach (var (accumulator, place) in product.Accumulators.Select((accumulator, place) => (accumulator, place)))
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Line($"var {Sum(accumulator, lane)} = {Biases(place, lane)};");
        int position = 0;
        foreach (var segment in product.Segments)
        {
            if (segment.Offset != position)
                writer.Line($"w = {KernelText.At("w", N(segment.Offset - position))};");
            if (segment.Gather)
                Gather(segment);
            else
                Columns(segment);
            position = segment.Offset + (segment.Columns * Stride(segment));
        }
    }

    private string Biases(int place, int lane)
    {
        var biases =
            from bias in product.Biases
            let slot = bias.Feeds.ToList().IndexOf(place)
            where slot >= 0
            select KernelText.Load(_vector, "w", N(bias.Offset + Offset(slot, lane)));
        return biases.Any() ? string.Join(" + ", biases) : $"{_vector}<float>.Zero";
    }

    /// <summary>The one column that a class stands for: nothing is multiplied.</summary>
    private void Gather(Segment segment)
    {
        writer.Line($"// The column of the class in {segment.Source}.");
        writer.Line($"ref float chosen = {KernelText.At("w", KernelText.Times($"(nint){KernelText.Row(segment.Source)}", Stride(segment)))};");
        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
                writer.Line($"{Sum(product.Accumulators[segment.Feeds[slot]], lane)} += {KernelText.Load(_vector, "chosen", N(Offset(slot, lane)))};");
        writer.Line($"w = {KernelText.At("w", $"{segment.ColumnsName} * {N(Stride(segment))}")};");
    }

    private void Columns(Segment segment)
    {
        int unroll = segment.Columns >= 2 * tile.Unroll ? tile.Unroll : 1;
        int tail = segment.Columns % unroll;
        int stride = Stride(segment);
        string end = segment.ColumnsName + (tail == 0 ? "" : " - " + N(tail));
        writer.Line($"// The columns that multiply {segment.Source}.");
        using (writer.Block($"for (nint column = 0; column < {end}; {(unroll == 1 ? "column++" : "column += " + N(unroll))})"))
        {
            if (unroll == 1)
                Column(segment, "column", 0, 0);
            for (int turn = 0; turn < unroll && unroll > 1; turn++)
                using (writer.Scoped())
                    Column(segment, "column", turn, turn * stride);
            writer.Line($"w = {KernelText.At("w", N(unroll * stride))};");
        }

        for (int turn = 0; turn < tail; turn++)
            using (writer.Scoped())
                Column(segment, "0", segment.Columns - tail + turn, turn * stride);
        if (tail > 0)
            writer.Line($"w = {KernelText.At("w", N(tail * stride))};");
    }

    /// <summary>One column: its element stays in a register, weights come by one at a time.</summary>
    private void Column(Segment segment, string column, int sourceOffset, int weights)
    {
        writer.Line($"var value = {_vector}.Create(Unsafe.Add(ref {KernelText.Row(segment.Source)}, {KernelText.Sum(column, N(sourceOffset))}));");
        for (int slot = 0; slot < segment.Feeds.Count; slot++)
            for (int lane = 0; lane < tile.Vectors; lane++)
            {
                string sum = Sum(product.Accumulators[segment.Feeds[slot]], lane);
                writer.Line($"{sum} = {_vector}.MultiplyAddEstimate(value, {KernelText.Load(_vector, "w", N(weights + Offset(slot, lane)))}, {sum});");
            }
    }

    private int Stride(Segment segment) => segment.Feeds.Count * product.Blocking.BlockUnits;

    private int Offset(int slot, int lane) => (slot * product.Blocking.BlockUnits) + (lane * tile.Lanes);

    /// <summary>The register of a sum: <c>iPre</c>, with the vector where a tile has several.</summary>
    private string Sum(string accumulator, int vector) => accumulator + (tile.Vectors > 1 ? "_" + N(vector) : "");

    private string Unit(int vector)
    {
        string unit = KernelText.Sum(Block(product.Blocking.BlockUnits), Lane, N(vector * tile.Lanes));
        return unit.All(char.IsDigit) ? unit : $"(nuint)({unit})";
    }

    private string Block(int stride) => product.Blocking.Blocks == 1 ? "0" : KernelText.Times("block", stride);
}
