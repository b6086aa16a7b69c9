using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Runtime;
using RnnGen.Tests.Numerics;

namespace RnnGen.Tests.Bounds;

/// <summary>A drawn batch with masked steps, as networks take it and as the reference does.</summary>
internal sealed class BoundsBatch
{
    private readonly NetworkLayout _layout;

    public BoundsBatch(NetworkLayout layout, int steps, int batchSize)
    {
        _layout = layout;
        var shape = (MaskShape)(batchSize % 4);
        Plain = layout.OneHot
            ? Batches.DrawClasses(batchSize, steps, batchSize, layout.InputSize, shape)
            : Batches.Draw(batchSize, steps, batchSize, layout.InputSize, shape);
        Sequences = [.. Enumerable.Range(0, batchSize).Select(
            sequence => Batches.RowsOf(Plain.Data, batchSize, sequence, layout.FrameSize)
                .Zip(Plain.MaskOf(sequence), (row, isReal) => isReal ? Vector(row) : null).ToArray())];
    }

    /// <summary>It in memory without guards.</summary>
    public SequenceBatch Plain { get; }

    /// <summary>Its sequences for the reference: a row a step, null where it is masked.</summary>
    public double[]?[][] Sequences { get; }

    /// <summary>It with its frames and its mask in guarded memory.</summary>
    public SequenceBatch In(GuardedMemory memory) =>
        Create(memory.CopyToArray(Plain.Data), memory.CopyToArray(Plain.Mask), Plain.Steps, Plain.BatchSize, Plain.Features, Plain.IsOneHot);

    /// <summary>The frames of a step.</summary>
    public ReadOnlySpan<float> FramesOf(int step) => Plain.Data.Slice(step * Plain.BatchSize * Plain.Features, Plain.BatchSize * Plain.Features);

    /// <summary>The mask of a step.</summary>
    public ReadOnlySpan<bool> MaskOf(int step) => MemoryMarshal.Cast<byte, bool>(Plain.Mask.Slice(step * Plain.BatchSize, Plain.BatchSize));

    /// <inheritdoc cref="Batches.RealFrames"/>
    public float[] RealFrames(int sequence) => Plain.RealFrames(sequence);

    /// <summary>What of a batch's outputs is the answer to a sequence's real steps.</summary>
    public double[] RealOutputs(double[] outputs, int sequence)
    {
        double[][] rows = Batches.RowsOf<double>(outputs, Plain.BatchSize, sequence, _layout.OutputSize);
        return _layout.ManyToOne ? rows[0] : [.. rows.Where((_, step) => Sequences[sequence][step] is not null).SelectMany(row => row)];
    }

    // A class stands for the vector with a 1 at its place.
    private double[] Vector(float[] frame) => !_layout.OneHot
        ? Array.ConvertAll(frame, value => (double)value)
        : [.. Enumerable.Range(0, _layout.InputSize).Select(place => place == (int)frame[0] ? 1.0 : 0)];

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern SequenceBatch Create(float[] data, byte[] mask, int steps, int batchSize, int features, bool areTokens);
}
