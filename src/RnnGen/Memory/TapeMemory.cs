using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>What generated kernels see of a tape during one pass. Nothing here is checked: <see cref="Tape{TNetwork}"/> has done that before.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TapeMemory
{
    private readonly float*[] _regions;

    internal TapeMemory(float*[] regions, byte* mask, int* lastSteps, float* gradients)
    {
        _regions = regions;
        Mask = mask;
        LastSteps = lastSteps;
        Gradients = gradients;
    }

    /// <summary>Time steps of the current batch, T.</summary>
    public int Steps { get; internal set; }

    /// <summary>Sequences of the current batch, B.</summary>
    public int Batch { get; internal set; }

    /// <summary>[T, B]; 1 is a real step.</summary>
    public byte* Mask { get; }

    /// <summary>[B]: each sequence's last real step; −1 where it has none.</summary>
    public int* LastSteps { get; }

    /// <summary>The parameters' gradients, packed like the weights; kernels add to them.</summary>
    public float* Gradients { get; }

    /// <summary>
    /// A region's first float. Row r lies at <c>r × stride</c>, and row t × B + b is sequence b at step t: rows are counted with the current batch's B.
    /// Padding columns are zero and must stay zero.
    /// </summary>
    /// <param name="index">Its position in <see cref="TapeLayout.Regions"/>.</param>
    public float* Region(int index) => _regions[index];
}
