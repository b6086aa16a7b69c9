using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints equations over the units of rows.</summary>
internal sealed class PointwiseEmitter(CodeWriter writer, PointwisePlan plan, Target target)
{
    private readonly int _lanes = Math.Min(target.Lanes, plan.BlockUnits);

    private string Vector => VectorType.Of(_lanes);

    private IEnumerable<string> MaskParameter => plan.Masked.Count > 0 ? ["ref byte mask"] : [];

    /// <summary>The equations of one vector of units whose pre-activations are in registers, to be inlined.</summary>
    public void Cell(IReadOnlyList<string> accumulators)
    {
        writer.Gap().Line(KernelText.Summary(plan.Summary)).Line(KernelText.Inlined);
        var vectors = accumulators.Select(accumulator => $"{Vector}<float> {accumulator}");
        using (writer.Method($"private static void {plan.Id}", [.. vectors, .. CellPointers(accumulators, "ref float "), "nuint unit"]))
            Body(Loads(accumulators));
    }

    /// <summary>A call of <see cref="Cell"/>.</summary>
    public void CellCall(IReadOnlyList<string> accumulators, IEnumerable<string> values, string unit) =>
        writer.Call(plan.Id, [.. values, .. CellPointers(accumulators, "ref "), unit]);

    /// <summary>What a cell loads from memory: all but the pre-activations, which it is given.</summary>
    private IEnumerable<Load> Loads(IReadOnlyList<string> accumulators) => plan.Loads.Where(load => !accumulators.Contains(load.Variable));

    private IEnumerable<string> CellPointers(IReadOnlyList<string> accumulators, string prefix) =>
        Loads(accumulators).Select(load => load.Pointer).Concat(plan.Stores.Select(store => store.Pointer)).Distinct().Select(pointer => prefix + KernelText.Row(pointer));

    /// <summary>A loop over rows and units that calls <see cref="Cell"/>.</summary>
    public void CellRows(IReadOnlyList<string> accumulators) => Rows(plan.Id + "s", $"{plan.Summary.TrimEnd('.')}, for some rows.", () =>
    {
        var values = accumulators.Select(accumulator => plan.Loads.First(load => load.Variable == accumulator))
            .Select(load => KernelText.Load(Vector, KernelText.Row(load.Pointer), KernelText.Sum("unit", N(load.Offset))));
        CellCall(accumulators, values, "unit");
    });

    /// <summary>A loop over rows and units that evaluates the equations.</summary>
    public void Rows() => Rows(plan.Id, plan.Summary, () => Body(plan.Loads));

    private void Rows(string id, string summary, Action body)
    {
        var pointers = plan.Pointers.Select(pointer => $"ref float {KernelText.Rows(pointer.Name)}");
        writer.Gap().Line(KernelText.Summary(summary)).Line(KernelText.Optimized);
        using (writer.Method($"private static void {id}", [.. pointers, .. MaskParameter, "nint rows"]))
        using (writer.Block("for (nint row = 0; row < rows; row++)"))
        {
            foreach (var pointer in plan.Pointers)
                writer.Line(KernelText.RowOf(pointer.Name, pointer.Stride));
            if (plan.Masked.Count > 0)
                Masked();
            using (writer.Block(UnitLoop))
                body();
        }
    }

    private string UnitLoop => $"for (nuint unit = 0; unit < {plan.UnitsName}; unit += {N(_lanes)})";

    private void Masked()
    {
        using (writer.Block("if (Unsafe.Add(ref mask, row) == 0)"))
        {
            using (writer.Block(UnitLoop))
                foreach (var row in plan.Masked)
                {
                    string value = row.From is null ? $"{Vector}<float>.Zero" : KernelText.Load(Vector, KernelText.Row(row.From), "unit");
                    writer.Line(KernelText.Store(value, KernelText.Row(row.To), KernelText.Sum("unit", N(row.Offset))));
                }

            writer.Line("continue;");
        }
    }

    private void Body(IEnumerable<Load> loads)
    {
        var printer = new ExprPrinter(Vector);
        foreach (var load in loads)
            writer.Line($"var {Names.Identifier(load.Variable)} = {KernelText.Load(Vector, KernelText.Row(load.Pointer), Offset(load.Offset))};");
        foreach (var equation in plan.Equations)
            writer.Line($"var {Names.Identifier(equation.Name)} = {printer.Print(equation.Value)};");
        foreach (var store in plan.Stores)
        {
            string row = KernelText.Row(store.Pointer);
            string value = store.Add
                ? $"({KernelText.Load(Vector, row, Offset(store.Offset))} + {printer.Print(store.Value)})"
                : store.Value is Variable or Constant ? printer.Print(store.Value) : $"({printer.Print(store.Value)})";
            writer.Line(KernelText.Store(value, row, Offset(store.Offset)));
        }
    }

    private static string Offset(int offset) => KernelText.Sum("unit", N(offset));
}
