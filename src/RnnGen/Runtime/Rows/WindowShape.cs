using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>The shape of a causal convolution's window.</summary>
/// <param name="Size">Features of a frame.</param>
/// <param name="Taps">Frames of a window.</param>
/// <param name="Dilation">Steps from one of them to the next.</param>
/// <param name="Resets">Whether a masked step clears the past.</param>
/// <param name="FrameStride">Floats per row of frames.</param>
/// <param name="PastStride">Floats per row of pasts.</param>
/// <param name="WindowStride">Floats per row of windows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WindowShape(int Size, int Taps, int Dilation, bool Resets, int FrameStride, int PastStride, int WindowStride)
{
    /// <summary>Frames of the past.</summary>
    public int Length => (Taps - 1) * Dilation;
}
