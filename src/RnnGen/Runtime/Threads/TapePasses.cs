using System.ComponentModel;
using RnnGen.Training;

namespace RnnGen.Runtime;

/// <summary>What a network's <c>Forward</c> and <c>Backward</c> do: lay out, run the generated passes, take the results.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TapePasses
{
    /// <summary>Runs a batch and keeps on the tape what the backward pass needs.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="tape">The tape.</param>
    /// <param name="network">The network.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The batch has too many steps or sequences for this tape, or another number of features than the network.</exception>
    /// <exception cref="InvalidOperationException">Another pass is under way.</exception>
    /// <exception cref="ObjectDisposedException">The tape or the network has been disposed of.</exception>
    public static void Forward<TNetwork>(Tape<TNetwork> tape, TNetwork network, SequenceBatch batch)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(network);
        tape.BeginForward(network.Memory, batch);
        tape.Forward(network);
        tape.EndForward();
    }

    /// <summary>Back-propagates a gradient.</summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="tape">The tape.</param>
    /// <param name="network">The network that ran forward.</param>
    /// <param name="gradients">In the shape of <see cref="Tape{TNetwork}.Outputs"/>; values at masked steps are ignored.</param>
    /// <param name="ofLogits">Whether it is the gradient of the logits rather than of the outputs.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="gradients"/> has another length than the outputs.</exception>
    /// <exception cref="InvalidOperationException">
    /// The latest forward pass on this tape was not this network's, there was none, or another pass is under way.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The tape or the network has been disposed of.</exception>
    public static void Backward<TNetwork>(Tape<TNetwork> tape, TNetwork network, ReadOnlySpan<float> gradients, bool ofLogits)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(network);
        tape.BeginBackward(network.Memory, gradients, ofLogits);
        tape.Backward(network);
        tape.EndBackward();
    }
}
