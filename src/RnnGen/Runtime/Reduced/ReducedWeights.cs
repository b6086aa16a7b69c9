namespace RnnGen.Runtime;

/// <summary>Makes the reduced copy of packed weights that inference multiplies.</summary>
internal static class ReducedWeights
{
    private const float Int8Levels = 127;

    /// <summary>Fills the copy of one product.</summary>
    public static void Fill(ReducedLayout layout, ReadOnlySpan<float> packed, Span<float> reduced)
    {
        for (int unit = 0; unit < layout.Units; unit++)
        {
            ReadOnlySpan<float> source = packed[layout.SourceOf(unit)..];
            Span<float> target = reduced[layout.TargetOf(unit)..];
            Biases(layout, source, target);
            for (int panel = 0; panel < layout.Panels.Count; panel++)
                Rows(layout, layout.Panels[panel], source, target);
        }
    }

    private static void Rows(ReducedLayout layout, ReducedPanel panel, ReadOnlySpan<float> source, Span<float> target)
    {
        for (int feed = 0; feed < panel.Feeds; feed++)
        {
            var row = new Row(source, panel.Source + (feed * layout.SourceBlockUnits), panel.Feeds * layout.SourceBlockUnits, panel.Columns);
            var words = new Words(target[(panel.Target + (feed * layout.BlockUnits))..], panel.Feeds * layout.BlockUnits);
            Fill(panel.Format, row, words);
        }
    }

    private static void Biases(ReducedLayout layout, ReadOnlySpan<float> source, Span<float> target)
    {
        for (int bias = 0; bias < layout.Biases.Count; bias++)
        {
            float sum = 0;
            for (int term = 0; term < layout.Biases[bias].Count; term++)
                sum += source[layout.Biases[bias][term]];
            target[bias * layout.BlockUnits] = sum;
        }
    }

    private static void Fill(Precision format, Row row, Words words)
    {
        if (format == Precision.Int8)
            Int8(row, words);
        else if (format == Precision.BFloat16)
            BFloat16(row, words);
        else
            for (int column = 0; column < row.Columns; column++)
                words[column] = row[column];
    }

    /// <summary>
    /// Two columns a word. The later one's is the lower half, which a shift brings up. The earlier one's is the upper half, and is read with the lower one
    /// behind it: it is chosen so that both together come nearest. A last column without a partner keeps its whole word.
    /// </summary>
    private static void BFloat16(Row row, Words words)
    {
        for (int column = 0; column + 1 < row.Columns; column += 2)
            words[column / 2] = BFloat16Pair.Of(row[column], row[column + 1]);
        if (row.Columns % 2 != 0)
            words[row.Columns / 2] = row[row.Columns - 1];
    }

    /// <summary>First the scale, then four columns a word: the first two in its lower byte of each half, the others in the upper ones.</summary>
    private static void Int8(Row row, Words words)
    {
        const int Weights = 1;
        float maximum = 0;
        for (int column = 0; column < row.Columns; column++)
            maximum = Math.Max(maximum, Math.Abs(row[column]));
        float factor = maximum > 0 && float.IsFinite(Int8Levels / maximum) ? Int8Levels / maximum : 0;
        for (int first = 0; first < row.Columns; first += 4)
        {
            int word = 0;
            for (int column = first; column < Math.Min(first + 4, row.Columns); column++)
            {
                int weight = (int)MathF.Round(row[column] * factor) + Int8Math.ZeroWeight, place = column - first;
                word |= weight << ((16 * (place % 2)) + (8 * (place / 2)));
            }

            words[Weights + (first / 4)] = BitConverter.Int32BitsToSingle(word);
        }

        words[0] = maximum / Int8Levels;
    }

    /// <summary>A unit's weights in one matrix of the original, by column.</summary>
    private readonly ref struct Row(ReadOnlySpan<float> source, int offset, int stride, int columns)
    {
        private readonly ReadOnlySpan<float> _source = source;

        public int Columns => columns;

        public float this[int column] => _source[offset + (column * stride)];
    }

    /// <summary>A unit's words in one panel of the copy.</summary>
    private readonly ref struct Words(Span<float> target, int stride)
    {
        private readonly Span<float> _target = target;

        public ref float this[int word] => ref _target[word * stride];
    }
}
