namespace RnnGen.Formats.Onnx;

/// <summary>What an axis of a tensor counts.</summary>
internal enum Axis
{
    /// <summary>Values of one time step of one sequence: features, directions, states.</summary>
    Data,

    /// <summary>Time steps.</summary>
    Time,

    /// <summary>Sequences.</summary>
    Batch,

    /// <summary>Time steps and within them sequences, where a reshape made one axis of both.</summary>
    TimeBatch,

    /// <summary>Sequences and within them time steps.</summary>
    BatchTime,
}

/// <summary>An axis of a tensor.</summary>
/// <param name="Axis">What it counts.</param>
/// <param name="Size">Its size; −1 where the file does not fix it, which only axes of time and sequences may leave open.</param>
internal readonly record struct Dim(Axis Axis, int Size)
{
    /// <summary>An axis within a time step.</summary>
    public static Dim Data(int size) => new(Axis.Data, size);

    /// <summary>Values along it that a <see cref="Tensor"/> holds: steps and sequences are all alike.</summary>
    public int Cells => Axis == Axis.Data ? Size : 1;

    /// <summary>Whether time steps are in it.</summary>
    public bool HasTime => Axis is Axis.Time or Axis.TimeBatch or Axis.BatchTime;

    /// <summary>Whether sequences are in it.</summary>
    public bool HasBatch => Axis is Axis.Batch or Axis.TimeBatch or Axis.BatchTime;
}
