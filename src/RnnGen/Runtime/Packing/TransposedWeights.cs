using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>
/// Copies packed weights into the transposed layout in which back-propagation multiplies them: columns become units. It is done once per backward pass, for
/// weights that many steps then use.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TransposedWeights
{
    /// <summary>The side of the squares that are transposed in registers; blocks and lanes are multiples of it.</summary>
    private const int Square = 4;

    /// <summary>
    /// Element (gate, unit, column) goes from <c>unit / BlockUnits × BlockStride + column × ColumnStride + gate × BlockUnits + unit % BlockUnits</c> to
    /// <c>(column / Lanes × Rows + row) × Lanes + column % Lanes</c>, with <c>row = unit / BlockUnits × BlockRows + gate × GateRows + unit % BlockUnits</c>.
    /// What of the copy no element goes to stays as it is: zero.
    /// </summary>
    /// <param name="weights">The first gate's first weight.</param>
    /// <param name="copy">Receives the copy.</param>
    /// <param name="shape">The sizes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref float weights, ref float copy, in TransposeShape shape)
    {
        for (int gate = 0; gate < shape.Gates; gate++)
            for (int unit = 0; unit < shape.Units; unit += Square)
            {
                int block = unit / shape.BlockUnits, lane = unit % shape.BlockUnits;
                ref float source = ref Unsafe.Add(ref weights, ((nint)block * shape.BlockStride) + (gate * shape.BlockUnits) + lane);
                nint row = ((nint)block * shape.BlockRows) + (gate * shape.GateRows) + lane;
                int width = Math.Min(Square, shape.Units - unit);
                for (int column = 0; column < shape.Columns; column += Square)
                {
                    int height = Math.Min(Square, shape.Columns - column);
                    ref float from = ref Unsafe.Add(ref source, (nint)column * shape.ColumnStride);
                    ref float to = ref Unsafe.Add(ref copy, ((((nint)(column / shape.Lanes) * shape.Rows) + row) * shape.Lanes) + (column % shape.Lanes));
                    if (width == Square && height == Square && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
                        Transpose(ref from, shape.ColumnStride, ref to, shape.Lanes);
                    else
                        Transpose(ref from, shape.ColumnStride, ref to, shape.Lanes, width, height);
                }
            }
    }

    private static void Transpose(ref float from, nint fromStride, ref float to, nint toStride, int width, int height)
    {
        for (int column = 0; column < height; column++)
            for (int unit = 0; unit < width; unit++)
                Unsafe.Add(ref to, (unit * toStride) + column) = Unsafe.Add(ref from, (column * fromStride) + unit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref float from, nint fromStride, ref float to, nint toStride)
    {
        var column0 = Vector128.LoadUnsafe(ref from);
        var column1 = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, fromStride));
        var column2 = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 2 * fromStride));
        var column3 = Vector128.LoadUnsafe(ref Unsafe.Add(ref from, 3 * fromStride));
        var low02 = Low(column0, column2);
        var low13 = Low(column1, column3);
        var high02 = High(column0, column2);
        var high13 = High(column1, column3);
        Low(low02, low13).StoreUnsafe(ref to);
        High(low02, low13).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        Low(high02, high13).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        High(high02, high13).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    /// <summary>Interleaves the lower halves.</summary>
    private static Vector128<float> Low(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    /// <summary>Interleaves the upper halves.</summary>
    private static Vector128<float> High(Vector128<float> left, Vector128<float> right) =>
        Sse.IsSupported ? Sse.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
}

/// <summary>The sizes of weights and of their transposed copy.</summary>
/// <param name="Gates">Gates side by side in a block.</param>
/// <param name="Units">Units per gate.</param>
/// <param name="Columns">Columns, which become units.</param>
/// <param name="BlockUnits">Units per block of the weights.</param>
/// <param name="BlockStride">Floats per block.</param>
/// <param name="ColumnStride">Floats a column of a block.</param>
/// <param name="Lanes">Units per block of the copy.</param>
/// <param name="GateRows">Rows of the copy from one gate to the next.</param>
/// <param name="BlockRows">Rows of the copy from one block of the weights to the next.</param>
/// <param name="Rows">Rows of a block of the copy.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TransposeShape(
    int Gates, int Units, int Columns, int BlockUnits, int BlockStride, int ColumnStride, int Lanes, int GateRows, int BlockRows, int Rows);
