namespace RnnGen.Tests.Onnx;

/// <summary>A tensor of a test case, row-major.</summary>
internal sealed record OnnxTensor(int[] Shape, float[] Values)
{
    /// <summary>The part of one direction, in a tensor whose first axis they are.</summary>
    public float[] OfDirection(int direction) => Values.Chunk(Values.Length / Shape[0]).ElementAt(direction);

    /// <summary>[A, B, …] as [B, A, …], or any other order of the axes.</summary>
    public OnnxTensor Transpose(params int[] axes)
    {
        int[] shape = [.. axes.Select(axis => Shape[axis])];
        float[] values = new float[Values.Length];
        int[] at = new int[shape.Length];
        for (int to = 0; to < values.Length; to++)
        {
            int rest = to;
            for (int axis = shape.Length - 1; axis >= 0; axis--)
                (rest, at[axes[axis]]) = Math.DivRem(rest, shape[axis]);
            int from = 0;
            for (int axis = 0; axis < shape.Length; axis++)
                from = from * Shape[axis] + at[axis];
            values[to] = Values[from];
        }

        return new OnnxTensor(shape, values);
    }
}
