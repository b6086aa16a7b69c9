using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Targets;

namespace RnnGen.Generator.Emit;

/// <summary>Prints equations over the units of rows.</summary>
internal sealed class PointwiseEmitter(CodeWriter writer, PointwisePlan plan, Target target, int? lanes = null)
{
    private const string Real = "real";

    private readonly int _lanes = lanes ?? plan.Blocking.Lanes(target.Lanes);

    private string Vector => VectorType.Of(_lanes);

    private string Floats => VectorType.Floats(_lanes);

    private Size Lanes => VectorType.Lanes(_lanes);

    private StageSizes Sizes => plan.Sizes;

    /// <summary>The equations of one vector of units whose pre-activations are in registers, to be inlined.</summary>
    public void Cell(IReadOnlyList<string> accumulators)
    {
        writer.Gap().Line(KernelText.Summary(plan.Summary)).Line(KernelText.Inlined);
        var vectors = accumulators.Select(accumulator => $"{Floats} {LocalName.Of(accumulator)}");
        using (writer.Method($"private static void {plan.Id}", [.. vectors, .. CellPointers(accumulators, "ref float "), "nuint unit"]))
            Body(Loads(accumulators), InUnits);
    }

    /// <summary>A call of <see cref="Cell"/>.</summary>
    public void CellCall(IReadOnlyList<string> accumulators, IEnumerable<string> values, string unit) =>
        writer.Call(plan.Calls ?? plan.Id, [.. values, .. CellPointers(accumulators, "ref "), unit]);

    /// <summary>What a cell loads from memory: all but the pre-activations, which it is given.</summary>
    private IEnumerable<Load> Loads(IReadOnlyList<string> accumulators) => plan.Loads.Where(load => !accumulators.Contains(load.Variable));

    private IEnumerable<string> CellPointers(IReadOnlyList<string> accumulators, string prefix) =>
        Loads(accumulators).Select(load => load.Pointer)
            .Concat(plan.Stores.Select(store => store.Pointer))
            .Distinct()
            .Select(pointer => prefix + KernelText.Row(pointer.Name));

    /// <summary>A loop over rows and units that evaluates the equations, or calls the <see cref="Cell"/> that has them.</summary>
    public void Rows(IReadOnlyList<string> accumulators)
    {
        if (plan.Calls is null)
            Rows(() => Body(plan.Loads, Place));
        else
            Rows(() =>
            {
                var values = accumulators.Select(accumulator => plan.Loads.First(load => load.Variable == accumulator))
                    .Select(load => KernelText.Load(Vector, KernelText.Row(load.Pointer.Name), Place(load.Pointer, load.Offset)));
                CellCall(accumulators, values, "unit");
            });
    }

    private void Rows(Action body)
    {
        writer.Gap().Line(KernelText.Described).Line(KernelText.Optimized);
        using (writer.Method($"public static void {plan.Id}", KernelHeader.Of(plan)))
        {
            RealLanes();
            using (writer.Block("for (nint row = 0; row < rows; row++)"))
                Row(body);
        }
    }

    private void Row(Action body)
    {
        foreach (var pointer in plan.Pointers)
            writer.Line(KernelText.RowOf(pointer.Name, pointer.Stride));
        if (plan.Masked.Count > 0)
            Masked();
        Units(body);
        ClearPadding();
    }

    /// <summary>A loop over vectors of units; beside the unit it counts where the unit's values lie in rows that are in panels.</summary>
    private void Units(Action body)
    {
        bool nested = InPanels && Sizes.BlockUnits > _lanes;
        if (nested)
            writer.Line($"for (nuint block = 0; block < {Sizes.Blocks.Text}; block++)");
        using (writer.Block(nested
            ? $"for (nuint lane = 0; lane < {Sizes.BlockUnits.Text}; lane += {Lanes.Text})"
            : $"for (nuint unit = 0; unit < {Sizes.PaddedUnits.Text}; unit += {Lanes.Text})"))
        {
            if (nested)
                writer.Line($"nuint unit = (block * {Sizes.BlockUnits.Factor}) + lane, panel = (block * {Sizes.PanelWidth.Factor}) + lane;");
            else if (InPanels)
                writer.Line($"nuint panel = unit * ({Sizes.PanelWidth.Text} / {Sizes.BlockUnits.Text});");
            body();
        }
    }

    /// <summary>The mask of the units in a row's last vector, where they do not fill it.</summary>
    private void RealLanes()
    {
        if (LastUnits == 0 || !plan.Padding.Any())
            return;
        writer.Line(IsOneVector ? "// Gradients past the last unit are 0, whatever the equations compute from the zeros there." : "// The units in a row's last vector.");
        writer.Local(Floats, Real, $"{Vector}.LessThan({Floats}.Indices, {Vector}.Create({LastUnitsText}))");
    }

    /// <summary>What the loop over several vectors has left after the last unit. Where there is one vector, the equations' stores take the mask themselves.</summary>
    private void ClearPadding()
    {
        var paddings = IsOneVector ? [] : plan.Padding.ToList();
        if (paddings.Count > 0)
            writer.Line("// Gradients past the last unit are 0, whatever the equations compute from the zeros there.");
        foreach (var padding in paddings)
        {
            int end = padding.First + padding.Count;
            var behind = End(padding.Store, end);
            for (int place = padding.First - LastUnits; place < end; place += _lanes)
            {
                string row = KernelText.Row(padding.Pointer.Name), text = behind.Minus(Lanes.Times((end - place) / _lanes)).Text;
                string value = place < padding.First ? $"{Real} & {KernelText.Load(Vector, row, text)}" : Floats + ".Zero";
                writer.Line(KernelText.Store(Vector, value, row, text));
            }
        }
    }

    /// <summary>A row's values of all units, or of those of a panel, end here.</summary>
    private Size End(Store store, int end)
    {
        if (!store.Pointer.InPanels)
            return store.Offset.Plus(Sizes.PaddedUnits);
        int block = (end - store.Offset - Sizes.BlockUnits) / Sizes.PanelWidth;
        var panel = block == Sizes.Blocks - 1 ? Sizes.LastPanel : Sizes.PanelWidth.Times(block);
        return panel.Plus(Sizes.BlockUnits.Times((store.Offset / Sizes.BlockUnits) + 1));
    }

    private bool IsOneVector => plan.Blocking.PaddedUnits == _lanes;

    /// <summary>Units in the last vector that has any, where they do not fill it.</summary>
    private int LastUnits => plan.Units % _lanes;

    private string LastUnitsText => plan.Units < _lanes ? $"(float){Sizes.Units.Text}" : $"(float)({Sizes.Units.Text} % {Lanes.Text})";

    /// <summary>Whether rows in panels have more than one block.</summary>
    private bool InPanels => plan.Blocking.Blocks > 1 && plan.PanelWidth > plan.Blocking.BlockUnits && plan.Pointers.Any(pointer => pointer.InPanels);

    /// <summary>Where a pointer's value for the current unit is.</summary>
    private string Place(RowPointer pointer, Size offset) =>
        KernelText.Sum(InPanels && pointer.InPanels ? "panel" : "unit", offset.Term);

    /// <summary>Whole rows: padding may come along.</summary>
    private void Masked()
    {
        using (writer.Block("if (Unsafe.Add(ref mask, row) == 0)"))
        {
            foreach (var panels in plan.Masked.Select(row => row.To).Where(to => to.InPanels).Distinct())
                writer.Line($"Scratch.Clear(ref {KernelText.Row(panels.Name)}, {Sizes.AllPanels.Text});");
            foreach (var row in plan.Masked.Where(row => !row.To.InPanels))
            {
                string to = KernelText.At(KernelText.Row(row.To.Name), row.Offset.Text);
                writer.Line(row.From is null
                    ? $"Scratch.Clear({to}, {Sizes.PaddedUnits.Text});"
                    : $"Scratch.Copy(ref {KernelText.Row(row.From.Name)}, {to}, {Sizes.PaddedUnits.Text});");
            }

            writer.Line("continue;");
        }
    }

    private void Body(IEnumerable<Load> loads, Func<RowPointer, Size, string> place)
    {
        var printer = new ExprPrinter(Vector, target.Arithmetic);
        foreach (var load in loads)
            writer.Local(Floats, LocalName.Of(load.Variable), KernelText.Load(Vector, KernelText.Row(load.Pointer.Name), place(load.Pointer, load.Offset)));
        foreach (var equation in plan.Equations)
            writer.Local(Floats, LocalName.Of(equation.Name), printer.Print(equation.Value));
        foreach (var store in plan.Stores)
        {
            string row = KernelText.Row(store.Pointer.Name);
            string value = store.Add
                ? $"{KernelText.Load(Vector, row, place(store.Pointer, store.Offset))} + {printer.Print(store.Value)}"
                : printer.Print(store.Value);
            string masked = store.ClearsPadding && IsOneVector && LastUnits > 0 ? $"{Real} & {value}" : value;
            writer.Line(KernelText.Store(Vector, masked, row, place(store.Pointer, store.Offset)));
        }
    }

    /// <summary>The place of a value of a cell that is inlined: its pre-activations are in registers, all else lies unit by unit.</summary>
    private static string InUnits(RowPointer pointer, Size offset) => KernelText.Sum("unit", offset.Term);
}
