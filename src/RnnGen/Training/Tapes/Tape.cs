using System.Diagnostics;
using System.Runtime.InteropServices;
using RnnGen.Runtime;

namespace RnnGen.Training;

/// <summary>
/// What the forward pass keeps for back-propagation through time, and what comes out of the two passes. All memory is taken here, for batches up to a size:
/// passes allocate nothing. A tape belongs to one thread at a time; <see cref="Dispose"/> alone may come at any time, from any thread.
/// </summary>
/// <remarks>
/// T and B are the steps and sequences of the latest forward pass. Spans are views of the tape's memory: the next pass overwrites what they show.
/// Before the first forward pass (or backward pass, where that is what fills them) results are empty.
/// </remarks>
/// <typeparam name="TNetwork">The generated network.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed unsafe partial class Tape<TNetwork> : IDisposable
    where TNetwork : class, INetwork<TNetwork>
{
    private readonly NetworkLayout _network = TNetwork.Layout;
    private readonly OutputLayout[] _heads = TNetwork.Layout.Heads();
    private readonly TapeLayout _layout;
    private readonly Arena _arena;
    private readonly PackedBuffer _gradients;
    private readonly GradientCollection _gradientCollection;
    private readonly TapeMemory _memory;
    private NetworkMemory? _recorded;
    private bool _startedLearned;
    private Progress _progress;

    /// <summary>Allocates the memory for batches up to a size.</summary>
    /// <param name="maxSteps">The most time steps of a batch.</param>
    /// <param name="batchSize">The most sequences of a batch.</param>
    /// <exception cref="NotSupportedException">The network was generated with <c>Training = false</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the tape would be larger than an array can be (about 8 GB).</exception>
    public Tape(int maxSteps, int batchSize)
        : this(maxSteps, batchSize, nameof(maxSteps), "maxSteps × batchSize")
    {
    }

    /// <summary>The same for who has been given the sizes in another way.</summary>
    /// <param name="maxSteps">The most time steps of a batch.</param>
    /// <param name="batchSize">The most sequences of a batch.</param>
    /// <param name="argument">The argument that the sizes come from.</param>
    /// <param name="sizes">What messages call them.</param>
    internal Tape(int maxSteps, int batchSize, string argument, string sizes)
    {
        // The network's own, never the caller's: kernels trust the sizes of its regions.
        _layout = RequiredLayout;
        ThrowIfNotPositive(maxSteps, nameof(maxSteps));
        ThrowIfNotPositive(batchSize, nameof(batchSize));
        _regions = new ArenaBlock[_layout.Regions.Count];
        ArenaPlan plan = Place(maxSteps, batchSize);
        if (!plan.Fits)
        {
            string need = $"a tape of {maxSteps} steps × {batchSize} sequences needs {plan.Length} floats";
            throw new ArgumentOutOfRangeException(argument, $"{sizes}: {need}, expected at most {Arena.MaxLength}");
        }

        (MaxSteps, MaxBatchSize) = (maxSteps, batchSize);
        _team = new WorkerTeam<WorkerHost>($"Tape<{_network.Network}>");
        _arena = new Arena((long)plan.Length);
        _gradients = new PackedBuffer($"Tape<{_network.Network}>", _arena, _packedGradients);
        _gradientCollection = new GradientCollection(_network, _gradients);
        _memory = new TapeMemory(_arena, new float*[_regions.Length], _packedGradients.PointerIn(_arena));
        Point();
    }

    private enum Progress
    {
        Empty,
        Forward,
        Backward,
    }

    /// <summary>The most time steps of a batch.</summary>
    public int MaxSteps { get; private set; }

    /// <summary>The most sequences of a batch.</summary>
    public int MaxBatchSize { get; private set; }

    /// <summary>Time steps of the latest forward pass, T; 0 before the first.</summary>
    public int Steps => Checked(_memory).Steps;

    /// <summary>Sequences of the latest forward pass, B; 0 before the first.</summary>
    public int BatchSize => Checked(_memory).Batch;

    /// <summary>
    /// The state before the first step, [<see cref="MaxBatchSize"/>, StateSize], in the order of <see cref="INetwork{TSelf}.StateSize"/>. Zero by default; the
    /// forward pass reads its first B rows. States that the network learns are part of it: a forward pass writes them here first, unless
    /// <see cref="UseLearnedState"/> is false.
    /// </summary>
    public Span<float> InitialState => Checked(_initialState).In(_arena);

    /// <summary>
    /// Whether a forward pass starts from the states that the network has learned (<see cref="RecurrentLayerAttribute.LearnedState"/>), whose gradients the
    /// backward pass then adds to those of the parameters; true by default. Set to false, it starts from <see cref="InitialState"/> as it is: the state that an
    /// earlier part of a sequence left.
    /// </summary>
    public bool UseLearnedState { get; set; } = true;

    /// <summary>
    /// Turns on dropout for the next forward passes and says how it is drawn: the same seed gives the same noise everywhere. Null (unset) for no dropout: a
    /// forward pass then computes what <c>Run</c> computes.
    /// </summary>
    public long? DropoutSeed { get; set; }

    /// <summary>
    /// Which step of its sequences the next batch begins with; 0 by default. Noise alone depends on it: with one <see cref="DropoutSeed"/>, the noise of
    /// <see cref="DropoutAttribute"/> is another one at each step of a sequence, and that of <see cref="RecurrentLayerAttribute.RecurrentDropout"/> one for
    /// all, in whatever parts a sequence is run.
    /// </summary>
    public long FirstStep { get; set; }

    /// <summary>The state after the last step, [B, StateSize].</summary>
    public Span<float> FinalState => Part(_finalState, Progress.Forward, _memory.Batch * _network.StateSize);

    /// <summary>
    /// The gradient of <see cref="FinalState"/>, [<see cref="MaxBatchSize"/>, StateSize]. Zero by default; the backward pass reads its first B rows.
    /// </summary>
    public Span<float> FinalStateGradients => Checked(_finalStateGradients).In(_arena);

    /// <summary>The gradient of <see cref="InitialState"/>, [B, StateSize], of the latest backward pass.</summary>
    public Span<float> InitialStateGradients => Part(_initialStateGradients, Progress.Backward, _memory.Batch * _network.StateSize);

    /// <summary>
    /// Whether backward passes compute <see cref="InputGradients"/>; true by default. A trainer, which never reads them, sets it to false: that saves a sixth
    /// of the products of a layer with as many inputs as units. The gradients of parameters and states are the same either way.
    /// </summary>
    public bool ComputesInputGradients { get; set; } = true;

    /// <summary>
    /// The gradient of the batch's frames, [T, B, InputSize], of the latest backward pass; empty where frames are classes, or where
    /// <see cref="ComputesInputGradients"/> was false.
    /// </summary>
    public Span<float> InputGradients =>
        Part(_inputGradients, Progress.Backward, _memory.WantsInputGradients ? _memory.Steps * _memory.Batch * _network.InputSize : 0);

    /// <summary>The network's outputs, [T, B, OutputSize], or [B, OutputSize] when it is many-to-one; 0 at masked steps.</summary>
    public ReadOnlySpan<float> Outputs => Part(_outputs, Progress.Forward, OutputRows * _network.OutputSize);

    /// <summary>The outputs before the output activation, in the shape of <see cref="Outputs"/>.</summary>
    public ReadOnlySpan<float> Logits => Part(_logits, Progress.Forward, OutputRows * _network.OutputSize);

    /// <summary>The batch's mask, [T, B]; 1 is a real step.</summary>
    public ReadOnlySpan<byte> Mask => MaskBytes[..(_progress >= Progress.Forward ? _memory.Steps * _memory.Batch : 0)];

    /// <summary>The gradients of the parameters, summed up over backward passes since <see cref="ClearGradients"/>.</summary>
    public GradientCollection Gradients => Checked(_gradientCollection);

    /// <summary>The same gradients in the layout of the network's packed weights; padding is zero.</summary>
    internal Span<float> PackedGradients => _gradients.Span;

    /// <summary>The floats of its memory.</summary>
    internal long Capacity => _arena.Length;

    /// <summary>The network's regions; refuses a network that has none.</summary>
    internal static TapeLayout RequiredLayout =>
        TNetwork.TapeLayout ?? throw new NotSupportedException($"{TNetwork.Layout.Network} was generated with Training = false.");

    private Span<byte> MaskBytes => MemoryMarshal.AsBytes(Checked(_mask).In(_arena));

    private int OutputRows => _network.ManyToOne ? _memory.Batch : _memory.Steps * _memory.Batch;

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    /// <exception cref="ObjectDisposedException">The tape has been disposed of.</exception>
    public void ClearGradients() => PackedGradients.Clear();

    /// <summary>Ends the tape: every later use throws <see cref="ObjectDisposedException"/>. The garbage collector reclaims the memory.</summary>
    /// <remarks>
    /// It does not wait. A pass that is under way on another thread continues in memory that is still the tape's, and ends as if nothing had happened or
    /// throws <see cref="ObjectDisposedException"/>; the tape's threads end after it.
    /// </remarks>
    public void Dispose()
    {
        _gradients.Dispose();
        _team.Dispose();
    }

    private static void ThrowIfNotPositive(int value, string argument)
    {
        if (value <= 0)
        {
            throw new ArgumentOutOfRangeException(argument, $"{argument}: expected at least 1, got {value}");
        }
    }

    private T Checked<T>(T part)
    {
        _gradients.ThrowIfDisposed();
        return part;
    }

    // What a pass has filled, or nothing where that pass has not run.
    private Span<float> Part(ArenaBlock block, Progress needed, int length) =>
        Checked(block).In(_arena)[..(_progress >= needed ? length : 0)];

    /// <inheritdoc/>
    public override string ToString() => $"Tape<{_network.Network}>: {_progress}, {_memory.Steps} of {MaxSteps} steps × {_memory.Batch} of {MaxBatchSize} sequences";
}
