namespace RnnGen;

/// <summary>Adds up the differences of outputs.</summary>
/// <param name="size">Outputs of a network.</param>
internal sealed class DifferenceSum(int size)
{
    private long _outputs;
    private long _agreeing;
    private double _maximum;
    private double _absolute;
    private double _squares;
    private double _referenceSquares;

    /// <summary>What was added up.</summary>
    public OutputDifference Total => new(
        _outputs,
        _maximum,
        _outputs == 0 ? 0 : _absolute / _outputs,
        _outputs == 0 ? 0 : Math.Sqrt(_squares / _outputs),
        _squares == 0 ? 0 : Math.Sqrt(_squares / _referenceSquares),
        _outputs == 0 ? 1 : (double)_agreeing * size / _outputs);

    /// <summary>Adds some rows of outputs.</summary>
    public void Add(ReadOnlySpan<float> outputs, ReadOnlySpan<float> reference)
    {
        for (int row = 0; row < outputs.Length; row += size)
            AddRow(outputs.Slice(row, size), reference.Slice(row, size));
    }

    private void AddRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> reference)
    {
        for (int output = 0; output < outputs.Length; output++)
        {
            double difference = Math.Abs((double)outputs[output] - reference[output]);
            _maximum = Math.Max(_maximum, difference);
            _absolute += difference;
            _squares += difference * difference;
            _referenceSquares += (double)reference[output] * reference[output];
        }

        _outputs += outputs.Length;
        if (Largest(outputs) == Largest(reference))
            _agreeing++;
    }

    private static int Largest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int value = 1; value < values.Length; value++)
            if (values[value] > values[largest])
                largest = value;
        return largest;
    }
}
