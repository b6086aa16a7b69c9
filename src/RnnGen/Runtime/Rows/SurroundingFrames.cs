using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>
/// What a convolution sees that is not causal: frames from before and after a step, evenly apart, side by side with the oldest first, and zeros outside of the
/// sequence. Masked steps are not part of it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SurroundingFrames
{
    /// <summary>The windows of some steps of some sequences; those of masked steps stay as they are.</summary>
    /// <param name="shape">Sizes.</param>
    /// <param name="mask">One byte per row, of all steps.</param>
    /// <param name="maskRows">Rows of it from one step to the next.</param>
    /// <param name="steps">All steps.</param>
    /// <param name="frames">Rows of frames, of all steps.</param>
    /// <param name="frameRows">Rows of them from one step to the next.</param>
    /// <param name="windows">Receives the windows of the current steps, a row for each sequence of each.</param>
    /// <param name="first">The first of those steps.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="rows">Sequences.</param>
    public static void Fill(
        in SurroundingsShape shape, ref byte mask, nint maskRows, nint steps, ref float frames, nint frameRows, ref float windows, nint first, nint count, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            var walk = new Walk(shape, ref Unsafe.Add(ref mask, row), maskRows, steps);
            for (nint turn = 0; turn < count; turn++)
                if (walk.IsReal(first + turn))
                    walk.Pass(
                        forward: true, first + turn, ref Unsafe.Add(ref frames, row * shape.FrameStride), frameRows * shape.FrameStride,
                        ref Unsafe.Add(ref windows, ((turn * rows) + row) * shape.WindowStride));
        }
    }

    /// <summary>All windows of a batch.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="frames">Rows of frames, [T × B].</param>
    /// <param name="windows">Receives rows of windows, [T × B].</param>
    public static void Forward(TapeMemory tape, in SurroundingsShape shape, ref float frames, ref float windows)
    {
        SequenceRows.Clear(tape, tape.Steps, ref windows, shape.WindowStride); // What an earlier batch left at masked steps must not reach a product.
        Pass(forward: true, tape, shape, ref frames, ref windows);
    }

    /// <summary>The backward pass: adds the gradients of windows to those of frames.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="shape">Sizes, with the strides of gradients.</param>
    /// <param name="frames">The gradients of frames, to which is added.</param>
    /// <param name="windows">The gradients of windows.</param>
    public static void Backward(TapeMemory tape, in SurroundingsShape shape, ref float frames, ref float windows) =>
        Pass(forward: false, tape, shape, ref frames, ref windows);

    private static void Pass(bool forward, TapeMemory tape, in SurroundingsShape shape, ref float frames, ref float windows)
    {
        for (int sequence = tape.First; sequence < tape.First + tape.Count; sequence++)
        {
            var walk = new Walk(shape, ref Unsafe.Add(ref tape.Mask, sequence), tape.Batch, tape.Steps);
            for (nint step = 0; step < tape.Steps; step++)
                if (walk.IsReal(step))
                    walk.Pass(
                        forward, step, ref Unsafe.Add(ref frames, (nint)sequence * shape.FrameStride), (nint)tape.Batch * shape.FrameStride,
                        ref Unsafe.Add(ref windows, ((step * tape.Batch) + sequence) * shape.WindowStride));
        }
    }

    /// <summary>Finds the real steps around a step of one sequence.</summary>
    private readonly ref struct Walk(in SurroundingsShape shape, ref byte mask, nint maskRows, nint steps)
    {
        private const nint Outside = -1;

        private readonly ref byte _mask = ref mask;
        private readonly SurroundingsShape _shape = shape;

        /// <summary>Whether a step is not masked.</summary>
        public bool IsReal(nint step) => Unsafe.Add(ref _mask, step * maskRows) != 0;

        /// <summary>Copies the frames around a step into its window, or adds the gradient of the window to those of the frames.</summary>
        /// <param name="forward">Whether to copy.</param>
        /// <param name="step">The step.</param>
        /// <param name="frames">The sequence's first frame.</param>
        /// <param name="stepStride">Floats from one step's frame to the next.</param>
        /// <param name="window">The window.</param>
        public void Pass(bool forward, nint step, ref float frames, nint stepStride, ref float window)
        {
            int nearest = _shape.Before / _shape.Dilation; // The last frame that is not from after the step.
            nint at = step;
            int distance = 0;
            for (int tap = nearest; tap >= 0; tap--)
            {
                for (int wanted = _shape.Before - (tap * _shape.Dilation); distance < wanted && at != Outside; distance++)
                    at = Neighbour(at, -1);
                Move(forward, at, tap, ref frames, stepStride, ref window);
            }

            (at, distance) = (step, 0);
            for (int tap = nearest + 1; tap < _shape.Taps; tap++)
            {
                for (int wanted = (tap * _shape.Dilation) - _shape.Before; distance < wanted && at != Outside; distance++)
                    at = Neighbour(at, 1);
                Move(forward, at, tap, ref frames, stepStride, ref window);
            }
        }

        private void Move(bool forward, nint at, int tap, ref float frames, nint stepStride, ref float window)
        {
            Span<float> copy = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref window, (nint)tap * _shape.Size), _shape.Size);
            if (at == Outside)
            {
                if (forward)
                    copy.Clear();
                return;
            }

            Span<float> frame = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref frames, at * stepStride), _shape.Size);
            if (forward)
                frame.CopyTo(copy);
            else
                VectorLoops.Add(copy, frame);
        }

        /// <summary>The real step before or after one; <see cref="Outside"/> where the sequence has none.</summary>
        private nint Neighbour(nint step, nint way)
        {
            for (nint at = step + way; at >= 0 && at < steps; at += way)
            {
                if (IsReal(at))
                    return at;
                if (_shape.Resets)
                    break;
            }

            return Outside;
        }
    }
}
