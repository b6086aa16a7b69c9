namespace RnnGen.Generator.Ir.Programs;

/// <summary>Makes a transposed copy of some accumulators' weights.</summary>
/// <param name="Weights">The first weight.</param>
/// <param name="Copy">Receives the copy.</param>
/// <param name="Shape">The sizes.</param>
internal sealed record Transpose(Reference Weights, Reference Copy, TransposeShape Shape) : RuntimeCall("TransposedWeights.Fill")
{
    public override IReadOnlyList<Argument> Arguments =>
    [
        Weights,
        Copy,
        new ShapeArgument("TransposeShape",
        [
            ("Gates", Shape.Gates), ("Units", Shape.Units), ("Columns", Shape.Columns), ("BlockUnits", Shape.BlockUnits), ("BlockStride", Shape.BlockStride),
            ("ColumnStride", Shape.ColumnStride), ("Lanes", Shape.Lanes), ("GateRows", Shape.GateRows), ("BlockRows", Shape.BlockRows), ("Rows", Shape.Rows),
        ]),
    ];
}

/// <summary>The sizes of a transposed copy: what the runtime's <c>TransposeShape</c> says.</summary>
/// <param name="Gates">Accumulators.</param>
/// <param name="Units">Units of each.</param>
/// <param name="Columns">Columns, which become units.</param>
/// <param name="BlockUnits">Units per block of the weights.</param>
/// <param name="BlockStride">Floats per block of them.</param>
/// <param name="ColumnStride">Floats a column of them.</param>
/// <param name="Lanes">Units per block of the copy.</param>
/// <param name="GateRows">Rows of the copy from one accumulator to the next.</param>
/// <param name="BlockRows">Rows of the copy from one block of the weights to the next.</param>
/// <param name="Rows">Rows of the copy a block.</param>
internal sealed record TransposeShape(
    Size Gates, Size Units, Size Columns, Size BlockUnits, Size BlockStride, Size ColumnStride, Size Lanes, Size GateRows, Size BlockRows, Size Rows);
