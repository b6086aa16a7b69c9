using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>The shape of the window of a convolution that sees frames from before and after a step.</summary>
/// <param name="Size">Features of a frame.</param>
/// <param name="Taps">Frames of a window, at least 2.</param>
/// <param name="Dilation">Steps from one of them to the next.</param>
/// <param name="Before">Steps from the oldest of them to the step itself, fewer than Taps · Dilation.</param>
/// <param name="Resets">Whether a sequence ends at a masked step, on both sides of it.</param>
/// <param name="FrameStride">Floats per row of frames.</param>
/// <param name="WindowStride">Floats per row of windows.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SurroundingsShape(int Size, int Taps, int Dilation, int Before, bool Resets, int FrameStride, int WindowStride);
