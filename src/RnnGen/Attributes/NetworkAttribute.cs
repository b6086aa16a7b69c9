namespace RnnGen;

/// <summary>
/// Makes a partial class a network: its <see cref="LayerAttribute">layer attributes</see> become forward and back-propagation-through-time loops of constant
/// sizes.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NetworkAttribute : Attribute
{
    /// <summary>A network whose time steps are classes: set <see cref="OneHot"/>.</summary>
    public NetworkAttribute()
    {
    }

    /// <summary>A network whose time steps are vectors.</summary>
    /// <param name="inputSize">Features per time step.</param>
    public NetworkAttribute(int inputSize) => InputSize = inputSize;

    /// <summary>Features per time step.</summary>
    public int InputSize { get; }

    /// <summary>
    /// The number of input classes, for one-hot input in place of features; 0 by default (features). A time step is an <c>int</c> from 0 to OneHot − 1 and denotes
    /// the vector with a 1 at that index. The first layer reads one column of its weights; zero products are skipped.
    /// </summary>
    public int OneHot { get; init; }

    /// <summary>What happens to hidden states at masked steps; <see cref="MaskedState.Hold"/> by default.</summary>
    public MaskedState MaskedState { get; init; }

    /// <summary>
    /// The precision of the weights that <c>Step</c> and <c>Run</c> multiply; <see cref="Precision.Float32"/> by default. Matrices that are too small to gain by it keep
    /// their floats.
    /// </summary>
    public Precision Precision { get; init; }

    /// <summary>
    /// How accurate sigmoid and tanh inside layers are in <c>Step</c> and <c>Run</c>; <see cref="ActivationAccuracy.Exact"/> by default. Training and the
    /// activations of outputs are always exact.
    /// </summary>
    public ActivationAccuracy Activations { get; init; }

    /// <summary>
    /// Whether every instruction set gives the same bits, in <c>Step</c>, <c>Run</c>, <c>Forward</c> and <c>Backward</c>; false by default. Sums are then taken
    /// in one order everywhere, which costs up to a quarter of a step at some small sizes. It also adds multiply-adds that round once on CPUs without fused
    /// multiply-add as well (x86 before AVX2), where steps then take 21 to 32 times as long; with AVX2, AVX-512 or NEON these cost nothing, but for
    /// <c>Precision.BFloat16</c>.
    /// </summary>
    public bool Deterministic { get; init; }

    /// <summary>
    /// A safetensors file whose weights become part of the assembly, for <c>CreateDefault()</c>: the path of an <c>AdditionalFiles</c> item as the project file
    /// has it, with slashes; its name ends with <c>.safetensors</c>. Its tensors, and what the network computes that saved it, are checked at compile time. None by default.
    /// </summary>
    public string? Weights { get; init; }

    /// <summary>
    /// Whether to generate the code for training (tape, <c>Forward</c>, <c>Backward</c>); true by default. Without it, a network for inference is smaller.
    /// </summary>
    public bool Training { get; init; } = true;
}
