namespace RnnGen.Training;

/// <summary>The loss of one of a network's outputs, and how much it counts beside the others: for <see cref="Loss.PerOutput"/>.</summary>
public sealed class OutputLoss
{
    /// <summary>A loss of an output.</summary>
    /// <param name="output">The output: a member of the generated class's <c>Outputs</c>.</param>
    /// <param name="loss">What its answers cost. It sees the output alone, fused with its output activation where it is such a loss.</param>
    /// <param name="weight">What the loss is multiplied by; finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not finite or not above 0.</exception>
    /// <exception cref="ArgumentException"><paramref name="loss"/> is itself one of several outputs.</exception>
    public OutputLoss(NetworkOutput output, Loss loss, float weight = 1)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss is PerOutputLoss)
            throw new ArgumentException($"loss: expected one of a single output, got {loss.Name}", nameof(loss));
        if (!(weight > 0 && float.IsFinite(weight)))
            throw new ArgumentOutOfRangeException(nameof(weight), $"weight: expected a finite value above 0, got {weight}");
        (Output, Loss, Weight) = (output, loss, weight);
    }

    /// <summary>The output.</summary>
    public NetworkOutput Output { get; }

    /// <summary>Its loss.</summary>
    public Loss Loss { get; }

    /// <summary>What the loss is multiplied by.</summary>
    public float Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Weight} {Loss} of {Output.Name}";
}
