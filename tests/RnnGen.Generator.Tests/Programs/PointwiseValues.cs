using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>A loop over rows and units that evaluates equations, in double precision.</summary>
internal sealed class PointwiseValues
{
    private readonly PointwisePlan _plan;
    private readonly double[] _values;
    private readonly (int Slot, int Pointer, int Offset)[] _loads;
    private readonly (int Slot, Func<double[], double> Value)[] _equations;
    private readonly (int Pointer, int Offset, Func<double[], double> Value, bool Add)[] _stores;
    private readonly (int Pointer, int First, int Count)[] _padding;

    public PointwiseValues(PointwisePlan plan)
    {
        _plan = plan;
        var compiled = new CompiledExpr();
        _loads = [.. plan.Loads.Select(load => (compiled.Slot(load.Variable), PointerOf(load.Pointer.Name), load.Offset))];
        _equations = [.. plan.Equations.Select(equation => (compiled.Compile(equation.Value), equation.Name)).Select(pair => (compiled.Slot(pair.Name), pair.Item1))];
        _stores = [.. plan.Stores.Select(store => (PointerOf(store.Pointer.Name), store.Offset, compiled.Compile(store.Value), store.Add))];
        _padding = [.. plan.Padding.Select(padding => (PointerOf(padding.Pointer.Name), padding.First, padding.Count))];
        _values = new double[compiled.Count];
    }

    /// <summary>Evaluates rows; the mask comes last where there is one.</summary>
    public void Rows(IReadOnlyList<Address> places, long rows)
    {
        var row = new Address[_plan.Pointers.Count];
        for (long index = 0; index < rows; index++)
        {
            for (int pointer = 0; pointer < row.Length; pointer++)
                row[pointer] = places[pointer].Further(index * _plan.Pointers[pointer].Stride);
            if (_plan.Masked.Count > 0 && places[row.Length][index] == 0)
                Masked(row);
            else
                Row(row);
        }
    }

    /// <summary>Evaluates one unit whose pre-activations are given, as a step does.</summary>
    /// <param name="place">The place of each pointer but that of pre-activations.</param>
    /// <param name="pre">The value of each variable that comes from there.</param>
    /// <param name="unit">The unit.</param>
    public void Unit(Func<string, Address> place, Func<string, double> pre, int unit)
    {
        for (int index = 0; index < _loads.Length; index++)
            _values[_loads[index].Slot] = _plan.Loads[index].Pointer.Name == StagePlanner.PreActivations
                ? pre(_plan.Loads[index].Variable)
                : place(_plan.Loads[index].Pointer.Name)[_loads[index].Offset + unit];
        Compute();
        foreach (var (pointer, offset, value, add) in _stores)
        {
            ref double target = ref place(_plan.Pointers[pointer].Name)[offset + unit];
            target = value(_values) + (add ? target : 0);
        }
    }

    private void Row(Address[] row)
    {
        for (int unit = 0; unit < _plan.Blocking.PaddedUnits; unit++)
            Unit(row, unit);
        foreach (var (pointer, first, count) in _padding)
            for (int index = first; index < first + count; index++)
                row[pointer][index] = 0;
    }

    private void Unit(Address[] row, int unit)
    {
        foreach (var (slot, pointer, offset) in _loads)
            _values[slot] = row[pointer][At(pointer, offset, unit)];
        Compute();
        foreach (var (pointer, offset, value, add) in _stores)
        {
            ref double target = ref row[pointer][At(pointer, offset, unit)];
            target = value(_values) + (add ? target : 0);
        }
    }

    private void Compute()
    {
        foreach (var (slot, value) in _equations)
            _values[slot] = value(_values);
    }

    private void Masked(Address[] row)
    {
        foreach (var masked in _plan.Masked)
            for (int unit = 0; unit < _plan.Blocking.PaddedUnits; unit++)
            {
                int to = PointerOf(masked.To.Name);
                row[to][At(to, masked.Offset, unit)] = masked.From is null ? 0 : row[PointerOf(masked.From.Name)][At(PointerOf(masked.From.Name), 0, unit)];
            }
    }

    private int At(int pointer, int offset, int unit)
    {
        if (!_plan.Pointers[pointer].InPanels)
            return offset + unit;
        var (block, lane) = Math.DivRem(unit, _plan.Blocking.BlockUnits);
        return (block * _plan.PanelWidth) + offset + lane;
    }

    private int PointerOf(string name) => _plan.Pointers.ToList().FindIndex(pointer => pointer.Name == name);
}
