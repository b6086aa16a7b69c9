using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

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
        var loads = plan.Loads.Where(load => !accumulators.Contains(load.Variable)).ToList();
        var pointers = loads.Select(load => load.Pointer).Concat(plan.Stores.Select(store => store.Pointer)).Distinct();
        var parameters = accumulators.Select(accumulator => $"{Vector}<float> {accumulator}").Concat(pointers.Select(pointer => $"ref float {KernelText.Row(pointer)}")).Append("nuint unit");
        writer.Gap().Line(KernelText.Summary(plan.Summary)).Line(KernelText.Inlined);
        using (writer.Method($"private static void {plan.Id}", parameters.ToList()))
            Body(loads);
    }

    /// <summary>A call of <see cref="Cell"/>.</summary>
    public void CellCall(IReadOnlyList<string> accumulators, IEnumerable<string> values, string unit)
    {
        var pointers = plan.Loads.Where(load => !accumulators.Contains(load.Variable)).Select(load => load.Pointer).Concat(plan.Stores.Select(store => store.Pointer)).Distinct();
        writer.Call(plan.Id, [.. values, .. pointers.Select(pointer => $"ref {KernelText.Row(pointer)}"), unit]);
    }

    /// <summary>A loop over rows and units that calls <see cref="Cell"/>.</summary>
    public void CellRows(IReadOnlyList<string> accumulators) => Rows(plan.Id + "s", $"{plan.Summary.TrimEnd('.')}, for some rows.", () =>
    {
        var values = accumulators.Select(accumulator => plan.Loads.First(load => load.Variable == accumulator))
            .Select(load => KernelText.Load(Vector, KernelText.Row(load.Pointer), KernelText.Sum("unit", Names.Number(load.Offset))));
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
                writer.Line($"ref float {KernelText.Row(pointer.Name)} = {KernelText.At(KernelText.Rows(pointer.Name), KernelText.Times("row", pointer.Stride))};");
            if (plan.Masked.Count > 0)
                Masked();
            using (writer.Block(UnitLoop))
                body();
        }
    }

    private string UnitLoop => $"for (nuint unit = 0; unit < {plan.UnitsName}; unit += {Names.Number(_lanes)})";

    private void Masked()
    {
        using (writer.Block("if (Unsafe.Add(ref mask, row) == 0)"))
        {
            using (writer.Block(UnitLoop))
                foreach (var row in plan.Masked)
                {
                    string value = row.From is null ? $"{Vector}<float>.Zero" : KernelText.Load(Vector, KernelText.Row(row.From), "unit");
                    writer.Line(KernelText.Store(value, KernelText.Row(row.To), KernelText.Sum("unit", Names.Number(row.Offset))));
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

    private static string Offset(int offset) => KernelText.Sum("unit", Names.Number(offset));
}
