namespace RnnGen;

/// <summary>
/// Adds the network's input to its output, <c>y_j + x_j</c> for each output j: guitar models learn the difference only. It must be the last layer of a network that
/// has an output at every step and at least as many inputs as outputs.
/// </summary>
public sealed class SkipAttribute : LayerAttribute;
