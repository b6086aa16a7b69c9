using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>
/// What a causal convolution sees: the frame of a step and some before it, evenly apart, side by side with the oldest first. A stream's past is its last
/// <c>(taps − 1) × dilation</c> real frames, the oldest first; masked steps are not part of it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PastFrames
{
    /// <summary>One step of one stream: fills the window and moves the past on.</summary>
    /// <param name="frame">[size].</param>
    /// <param name="past">[(taps − 1) × dilation, size].</param>
    /// <param name="window">Receives [taps, size].</param>
    /// <param name="size">Features of a frame.</param>
    /// <param name="taps">Frames of a window, at least 2.</param>
    /// <param name="dilation">Steps from one of them to the next.</param>
    public static void Step(ref float frame, ref float past, ref float window, int size, int taps, int dilation)
    {
        int length = (taps - 1) * dilation;
        for (int tap = 0; tap < taps - 1; tap++)
            Copy(ref Unsafe.Add(ref past, (nint)tap * dilation * size), ref Unsafe.Add(ref window, (nint)tap * size), size);
        Copy(ref frame, ref Unsafe.Add(ref window, (nint)(taps - 1) * size), size);
        Copy(ref Unsafe.Add(ref past, size), ref past, (length - 1) * size);
        Copy(ref frame, ref Unsafe.Add(ref past, (nint)(length - 1) * size), size);
    }

    /// <summary>One step of some streams: those that are not masked.</summary>
    /// <param name="mask">One byte per stream.</param>
    /// <param name="frames">Rows of frames.</param>
    /// <param name="frameStride">Floats per row of them.</param>
    /// <param name="pasts">Rows of pasts.</param>
    /// <param name="pastStride">Floats per row of them.</param>
    /// <param name="windows">Receives rows of windows.</param>
    /// <param name="windowStride">Floats per row of them.</param>
    /// <param name="size">Features of a frame.</param>
    /// <param name="taps">Frames of a window.</param>
    /// <param name="dilation">Steps from one of them to the next.</param>
    /// <param name="resets">Whether a masked step clears the past.</param>
    /// <param name="rows">Streams.</param>
    public static void Step(
        ref byte mask, ref float frames, int frameStride, ref float pasts, int pastStride, ref float windows, int windowStride,
        int size, int taps, int dilation, bool resets, nint rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            ref float past = ref Unsafe.Add(ref pasts, row * pastStride);
            if (Unsafe.Add(ref mask, row) != 0)
                Step(ref Unsafe.Add(ref frames, row * frameStride), ref past, ref Unsafe.Add(ref windows, row * windowStride), size, taps, dilation);
            else if (resets)
                Scratch.Clear(ref past, (taps - 1) * dilation * size);
        }
    }

    /// <summary>All windows of a batch, and the pasts after it.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="shape">The window.</param>
    /// <param name="frames">Rows of frames, [T × B].</param>
    /// <param name="pasts">[2 × B] rows: the pasts before the batch, and those after it, which are written.</param>
    /// <param name="windows">Receives rows of windows, [T × B].</param>
    /// <param name="order">Scratch, [B, T] integers.</param>
    public static void Forward(TapeMemory tape, in WindowShape shape, ref float frames, ref float pasts, ref float windows, ref float order)
    {
        SequenceRows.Clear(tape, tape.Steps, ref windows, shape.WindowStride); // What an earlier batch left at masked steps must not reach a product.
        for (int sequence = tape.First; sequence < tape.First + tape.Count; sequence++)
        {
            var walk = new Walk(tape, shape, sequence, ref order);
            while (walk.Next())
            {
                ref float window = ref Unsafe.Add(ref windows, walk.Row * shape.WindowStride);
                for (int tap = 0; tap < shape.Taps; tap++)
                    Copy(ref walk.Source(walk.Tap(tap), ref frames, shape.FrameStride, ref pasts), ref Unsafe.Add(ref window, (nint)tap * shape.Size), shape.Size);
            }

            ref float after = ref Unsafe.Add(ref pasts, ((nint)tape.Batch + sequence) * shape.PastStride);
            for (int place = 0; place < shape.Length; place++)
                Copy(ref walk.Source(walk.Real + place, ref frames, shape.FrameStride, ref pasts), ref Unsafe.Add(ref after, (nint)place * shape.Size), shape.Size);
        }
    }

    /// <summary>The backward pass: adds the gradients of windows, and of the pasts after the batch, to those of frames; sets those of the pasts before it.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="shape">The window, with the strides of gradients.</param>
    /// <param name="frames">The gradients of frames, to which is added.</param>
    /// <param name="pasts">[2 × B] rows: receives the gradients of the pasts before the batch; those after it.</param>
    /// <param name="windows">The gradients of windows.</param>
    /// <param name="order">Scratch, [B, T] integers.</param>
    public static void Backward(TapeMemory tape, in WindowShape shape, ref float frames, ref float pasts, ref float windows, ref float order)
    {
        SequenceRows.Clear(tape, 1, ref pasts, shape.PastStride);
        for (int sequence = tape.First; sequence < tape.First + tape.Count; sequence++)
        {
            var walk = new Walk(tape, shape, sequence, ref order);
            while (walk.Next())
            {
                ref float window = ref Unsafe.Add(ref windows, walk.Row * shape.WindowStride);
                for (int tap = 0; tap < shape.Taps; tap++)
                    Add(ref Unsafe.Add(ref window, (nint)tap * shape.Size), ref walk.Source(walk.Tap(tap), ref frames, shape.FrameStride, ref pasts), shape.Size);
            }

            ref float after = ref Unsafe.Add(ref pasts, ((nint)tape.Batch + sequence) * shape.PastStride);
            for (int place = 0; place < shape.Length; place++)
                Add(ref Unsafe.Add(ref after, (nint)place * shape.Size), ref walk.Source(walk.Real + place, ref frames, shape.FrameStride, ref pasts), shape.Size);
        }
    }

    // A frame from before a masked step that clears the past: zeros to read, and a place for gradients that no one reads.
    private static void Copy(ref float source, ref float destination, int size)
    {
        if (Unsafe.IsNullRef(ref source))
            Scratch.Clear(ref destination, size);
        else
            MemoryMarshal.CreateReadOnlySpan(ref source, size).CopyTo(MemoryMarshal.CreateSpan(ref destination, size));
    }

    private static void Add(ref float source, ref float destination, int size)
    {
        if (!Unsafe.IsNullRef(ref destination))
            VectorLoops.Add(MemoryMarshal.CreateReadOnlySpan(ref source, size), MemoryMarshal.CreateSpan(ref destination, size));
    }

    /// <summary>Goes through the real steps of a sequence, and knows where the frames before each of them are.</summary>
    private ref struct Walk(TapeMemory tape, in WindowShape shape, int sequence, ref float order)
    {
        private readonly ref int _order = ref Unsafe.As<float, int>(ref Unsafe.Add(ref order, (nint)sequence * tape.Steps));
        private readonly WindowShape _shape = shape;
        private int _step = -1;
        private bool _cleared;

        /// <summary>Real steps so far, since the past was cleared.</summary>
        public int Real { get; private set; }

        /// <summary>The row of the current step.</summary>
        public readonly nint Row => ((nint)_step * tape.Batch) + sequence;

        /// <summary>Goes to the next real step.</summary>
        public bool Next()
        {
            while (++_step < tape.Steps)
            {
                if (Unsafe.Add(ref tape.Mask, Row) != 0)
                {
                    Unsafe.Add(ref _order, Real++) = _step;
                    return true;
                }

                if (_shape.Resets)
                    (Real, _cleared) = (0, true);
            }

            return false;
        }

        /// <summary>The place of a tap: the past has the first places, the real steps those after it.</summary>
        public readonly int Tap(int tap) => _shape.Length + Real - 1 - ((_shape.Taps - 1 - tap) * _shape.Dilation);

        /// <summary>The frame at a place; a null reference where it was cleared.</summary>
        public readonly ref float Source(int place, ref float frames, int frameStride, ref float pasts)
        {
            if (place >= _shape.Length)
                return ref Unsafe.Add(ref frames, (((nint)Unsafe.Add(ref _order, place - _shape.Length) * tape.Batch) + sequence) * frameStride);
            if (_cleared)
                return ref Unsafe.NullRef<float>();
            return ref Unsafe.Add(ref pasts, ((nint)sequence * _shape.PastStride) + ((nint)place * _shape.Size));
        }
    }
}
