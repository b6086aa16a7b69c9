namespace RnnGen.Runtime;

/// <summary>Where one canonical row of a parameter lies in the packed weights: its columns are <paramref name="ColumnStride"/> floats apart.</summary>
/// <param name="Offset">Of its first column, in floats.</param>
/// <param name="ColumnStride">From one column to the next, in floats.</param>
internal readonly record struct PackedRow(int Offset, int ColumnStride);

/// <summary>
/// Goes through a parameter's canonical rows (gate by gate, unit by unit) and finds each in the packed weights: the one place that knows the packing.
/// </summary>
/// <param name="layout">The parameter.</param>
internal struct PackedRows(ParameterLayout layout)
{
    private int _gate;
    private int _unit = -1;

    /// <summary>The row that <see cref="MoveNext"/> found.</summary>
    public readonly PackedRow Current
    {
        get
        {
            GateLayout gate = layout.Gates[_gate];
            (int block, int lane) = int.DivRem(_unit, layout.BlockUnits);
            return new PackedRow(gate.Offset + block * gate.BlockStride + lane, gate.ColumnStride);
        }
    }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly PackedRows GetEnumerator() => this;

    /// <summary>Goes to the next row.</summary>
    public bool MoveNext()
    {
        if (++_unit == layout.Units)
        {
            _unit = 0;
            _gate++;
        }

        return _gate < layout.Gates.Count;
    }
}
