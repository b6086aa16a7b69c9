using RnnGen.Generator.Ir;
using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Planning;

/// <summary>A loop over rows and units that evaluates equations on values in memory.</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="Blocking">How units are cut.</param>
/// <param name="Sizes">The same, and how rows lie that are in panels.</param>
/// <param name="Pointers">What it reads and writes.</param>
/// <param name="Loads">Variables that come from memory.</param>
/// <param name="Equations">Lowered.</param>
/// <param name="Stores">Values that go to memory.</param>
/// <param name="Masked">What becomes of a masked row.</param>
internal sealed record PointwisePlan(
    string Id,
    string Summary,
    Blocking Blocking,
    StageSizes Sizes,
    IReadOnlyList<RowPointer> Pointers,
    IReadOnlyList<Load> Loads,
    IReadOnlyList<Equation> Equations,
    IReadOnlyList<Store> Stores,
    IReadOnlyList<MaskedRow> Masked) : Kernel(Id, Summary)
{
    /// <summary>The name of the mask among its parameters.</summary>
    public const string Mask = "mask";

    /// <inheritdoc/>
    public override IReadOnlyList<KernelParameter> Parameters =>
    [
        .. Pointers.Select(pointer => new KernelParameter(pointer.Name)),
        .. Masked.Count > 0 ? new[] { new KernelParameter(Mask, ParameterKind.Mask) } : [],
    ];

    /// <summary>The same as a loop over rows around the equations of one vector of units, which a step calls too.</summary>
    public PointwisePlan OverRows() => this with { Id = Id + "s", Summary = $"{Summary.TrimEnd('.')}, for some rows.", Calls = Id };

    /// <summary>Floats a block of rows that lie block by block.</summary>
    public Size PanelWidth => Sizes.PanelWidth;

    /// <summary>The method that has the equations of one vector of units; null where they stand in the loop.</summary>
    public string? Calls { get; init; }

    /// <summary>Units without padding, for stores that clear it.</summary>
    public int Units { get; init; }

    /// <summary>The floats that become 0 after all units of a row, whatever the equations make of the lanes after the last unit.</summary>
    public IEnumerable<PaddingPlan> Padding =>
        from store in Stores.Where(store => store.ClearsPadding)
        from unit in Enumerable.Range(Units, Blocking.PaddedUnits - Units)
        group IndexOf(store.Pointer, store.Offset, unit) by (store, Block: unit / (store.Pointer.InPanels ? Blocking.BlockUnits : Blocking.PaddedUnits)) into floats
        select new PaddingPlan(floats.Key.store, floats.First(), floats.Count());

    /// <summary>Where a pointer's value for a unit lies in its row.</summary>
    private int IndexOf(RowPointer pointer, int offset, int unit) => !pointer.InPanels
        ? offset + unit
        : (unit / Blocking.BlockUnits * PanelWidth) + offset + (unit % Blocking.BlockUnits);
}

/// <summary>A pointer to rows of floats.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stride">Floats per row; 0 means the same row for all (a parameter, or its gradient).</param>
/// <param name="InPanels">Whether a row lies block by block, several vectors of a block side by side, as pre-activations and their gradients do.</param>
internal sealed record RowPointer(string Name, Size Stride, bool InPanels = false);

/// <summary>variable = pointer[row, offset + unit], the unit counted in its block where rows lie in panels.</summary>
internal sealed record Load(string Variable, RowPointer Pointer, Size Offset);

/// <summary>pointer[row, offset + unit] = value, or += value.</summary>
internal sealed record Store(RowPointer Pointer, Size Offset, Expr Value, bool Add)
{
    /// <summary>
    /// Whether what lies after the last unit becomes 0. There the equations compute with zeros, of which they may make infinities and NaN; a sum over whole
    /// vectors must not see those.
    /// </summary>
    public bool ClearsPadding { get; init; }
}

/// <summary>So many floats of a row, from the first one on, after the last unit that is stored.</summary>
internal sealed record PaddingPlan(Store Store, int First, int Count)
{
    /// <summary>The row.</summary>
    public RowPointer Pointer => Store.Pointer;
}

/// <summary>At a masked row: to[row, offset + unit] = from[row, unit], or 0 where there is no source.</summary>
internal sealed record MaskedRow(RowPointer To, Size Offset, RowPointer? From);
