namespace RnnGen.Benchmarks.Cells.Peers;

/// <summary>A pass over whole sequences in another library: the same cell, weights and frames.</summary>
internal abstract partial class SequencePeer : IDisposable
{
    /// <summary>The peer that is built in, or null: see <c>-p:Peers=torch</c>.</summary>
    /// <param name="cell">The name of the layer's attribute without <c>Attribute</c>.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="frames">Time-major frames: [T, B, inputs].</param>
    /// <param name="shape">T, B and the inputs.</param>
    public static SequencePeer? Of(string cell, ParameterCollection parameters, float[] frames, long[] shape)
    {
        SequencePeer? peer = null;
        Create(cell, parameters, frames, shape, ref peer);
        return peer;
    }

    /// <summary>Computes the outputs [T, B, units], and keeps what the backward pass needs.</summary>
    public abstract void Forward();

    /// <summary>The outputs of the last forward pass.</summary>
    public abstract float[] Outputs();

    /// <summary>Back-propagates gradients [T, B, units] to the weights and the frames.</summary>
    public abstract void Backward(float[] gradients);

    public abstract void Dispose();

    static partial void Create(string cell, ParameterCollection parameters, float[] frames, long[] shape, ref SequencePeer? peer);
}
