using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Runtime;

/// <summary>
/// Copies packed weights into the transposed layout in which back-propagation multiplies them: columns become units. It is done once a backward pass, for weights
/// that many steps then use.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TransposedWeights
{
    /// <summary>The side of the squares that are transposed in registers; blocks and lanes are multiples of it.</summary>
    private const int Square = 4;

    /// <summary>
    /// Element (gate, unit, column) goes from <c>unit / blockUnits × blockStride + (column × gates + gate) × blockUnits + unit % blockUnits</c> to
    /// <c>(column / lanes × gates × units + gate × units + unit) × lanes + column % lanes</c>. Padding columns of the copy stay as they are: zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref float weights, ref float copy, int gates, int units, int columns, int blockUnits, int blockStride, int lanes)
    {
        nint columnStride = (nint)gates * blockUnits;
        for (int gate = 0; gate < gates; gate++)
            for (int unit = 0; unit < units; unit += Square)
            {
                ref float source = ref Unsafe.Add(ref weights, ((nint)(unit / blockUnits) * blockStride) + (gate * blockUnits) + (unit % blockUnits));
                int width = Math.Min(Square, units - unit);
                for (int column = 0; column < columns; column += Square)
                {
                    int height = Math.Min(Square, columns - column);
                    ref float from = ref Unsafe.Add(ref source, column * columnStride);
                    ref float to = ref Unsafe.Add(ref copy, ((((nint)(column / lanes) * gates * units) + ((nint)gate * units) + unit) * lanes) + (column % lanes));
                    if (width == Square && height == Square && (Sse.IsSupported || AdvSimd.Arm64.IsSupported))
                        Transpose(ref from, columnStride, ref to, lanes);
                    else
                        Transpose(ref from, columnStride, ref to, lanes, width, height);
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
