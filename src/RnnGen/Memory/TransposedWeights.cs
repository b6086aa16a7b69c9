using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// Copies packed weights into the transposed layout in which back-propagation multiplies them: columns become units. It is done once a backward pass, for weights
/// that many steps then use.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TransposedWeights
{
    /// <summary>
    /// Element (gate, unit, column) goes from <c>unit / blockUnits × blockStride + (column × gates + gate) × blockUnits + unit % blockUnits</c> to
    /// <c>(column / lanes × gates × units + gate × units + unit) × lanes + column % lanes</c>. Padding columns of the copy stay as they are: zero.
    /// </summary>
    public static void Fill(ref float weights, ref float copy, int gates, int units, int columns, int blockUnits, int blockStride, int lanes)
    {
        for (int gate = 0; gate < gates; gate++)
            for (int unit = 0; unit < units; unit++)
            {
                ref float source = ref Unsafe.Add(ref weights, ((nint)(unit / blockUnits) * blockStride) + (gate * blockUnits) + (unit % blockUnits));
                for (int first = 0; first < columns; first += lanes)
                {
                    ref float row = ref Unsafe.Add(ref copy, (((nint)(first / lanes) * gates * units) + (gate * units) + unit) * lanes);
                    int count = Math.Min(lanes, columns - first);
                    for (int lane = 0; lane < count; lane++)
                        Unsafe.Add(ref row, lane) = Unsafe.Add(ref source, (nint)(first + lane) * gates * blockUnits);
                }
            }
    }
}
