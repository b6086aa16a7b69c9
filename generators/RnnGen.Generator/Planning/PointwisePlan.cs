using RnnGen.Generator.Ir;

namespace RnnGen.Generator.Planning;

/// <summary>A loop over rows and units that evaluates equations on values in memory.</summary>
/// <param name="Id">The method's name.</param>
/// <param name="Summary">One sentence for the reader of the generated code.</param>
/// <param name="PaddedUnits">Units, padding included.</param>
/// <param name="UnitsName">The constant that says so in generated code.</param>
/// <param name="BlockUnits">The widest vector that fits.</param>
/// <param name="Pointers">What it reads and writes.</param>
/// <param name="Loads">Variables that come from memory.</param>
/// <param name="Equations">Lowered.</param>
/// <param name="Stores">Values that go to memory.</param>
/// <param name="Masked">What becomes of a masked row.</param>
internal sealed record PointwisePlan(
    string Id,
    string Summary,
    int PaddedUnits,
    string UnitsName,
    int BlockUnits,
    IReadOnlyList<RowPointer> Pointers,
    IReadOnlyList<Load> Loads,
    IReadOnlyList<Equation> Equations,
    IReadOnlyList<Store> Stores,
    IReadOnlyList<MaskedRow> Masked);

/// <summary>A pointer to rows of floats; a stride of 0 means the same row for all (a parameter, or its gradient).</summary>
internal sealed record RowPointer(string Name, int Stride);

/// <summary>variable = pointer[row, offset + unit].</summary>
internal sealed record Load(string Variable, string Pointer, int Offset);

/// <summary>pointer[row, offset + unit] = value, or += value.</summary>
internal sealed record Store(string Pointer, int Offset, Expr Value, bool Add);

/// <summary>At a masked row: to[row, offset…] = from[row, …], or 0 where there is no source.</summary>
internal sealed record MaskedRow(string To, int Offset, int Length, string? From);
