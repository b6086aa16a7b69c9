using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen;

/// <summary>The interface of every generated network; trainers, tools and benchmarks are generic over it.</summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
public interface INetwork<TSelf> : IGeneratedNetwork<TSelf>, IDisposable
    where TSelf : class, INetwork<TSelf>
{
    /// <summary>Features per time step, or classes of a time step for a network with <see cref="NetworkAttribute.OneHot"/>.</summary>
    static abstract int InputSize { get; }

    /// <summary>Outputs per time step, or per sequence for a many-to-one network.</summary>
    static abstract int OutputSize { get; }

    /// <summary>
    /// Floats of hidden state a stream: the states of one layer after the other (h and then c of an LSTM, the past frames of a convolution, what pooling has
    /// seen), those of the forward before those of the reverse direction.
    /// </summary>
    static abstract int StateSize { get; }

    /// <summary>Trainable values, without padding.</summary>
    static abstract int ParameterCount { get; }

    /// <summary>Creates a network with random weights; the same seed gives the same bits everywhere.</summary>
    static abstract TSelf Create(long seed);

    /// <summary>
    /// A network with the weights of a safetensors file, whose tensors have the names of the network's parameters, or those of a PyTorch <c>state_dict</c> of the
    /// same structure (docs/migrating/weights.md).
    /// </summary>
    /// <exception cref="FormatException">
    /// The file is damaged or of a network that computes something else, or a tensor is missing, unknown, of another shape or type, or holds a NaN or
    /// an infinity; the message names it.
    /// </exception>
    static abstract TSelf Load(string path);

    /// <inheritdoc cref="Load(string)"/>
    static abstract TSelf Load(Stream stream);

    /// <inheritdoc cref="Load(string)"/>
    static abstract TSelf Load(ReadOnlySpan<byte> safetensors);

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="options">What to accept.</param>
    static virtual TSelf Load(string path, LoadOptions options)
    {
        TSelf network = TSelf.Create(seed: 0);
        network.Memory.Load(path, options);
        return network;
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="stream">The file.</param>
    /// <param name="options">What to accept.</param>
    static virtual TSelf Load(Stream stream, LoadOptions options)
    {
        TSelf network = TSelf.Create(seed: 0);
        network.Memory.Load(stream, options);
        return network;
    }

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="safetensors">The file.</param>
    /// <param name="options">What to accept.</param>
    static virtual TSelf Load(ReadOnlySpan<byte> safetensors, LoadOptions options)
    {
        TSelf network = TSelf.Create(seed: 0);
        network.Memory.Load(safetensors, options);
        return network;
    }

    /// <summary>Allocates the memory for <see cref="Forward"/> and <see cref="Backward"/> on batches up to a size.</summary>
    /// <exception cref="NotSupportedException">The network was generated with <c>Training = false</c>.</exception>
    static abstract Tape<TSelf> CreateTape(int maxSteps, int batchSize);

    /// <summary>
    /// A human-readable table: the layers with output sizes, parameters and multiply-adds of a step, the bytes of weights and of a stream's state, the instruction
    /// set. Its format may change.
    /// </summary>
    string Summary();

    /// <summary>The parameters by name and in order, in canonical (PyTorch) layout.</summary>
    ParameterCollection Parameters { get; }

    /// <summary>
    /// Writes the weights as a safetensors file, atomically: a crash leaves the old file or the new one.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A file that is there is replaced, not written over. Where <paramref name="path"/> is a symbolic link, what it points to is replaced, and made if it does
    /// not exist; the link stays. Other hard links of the old file keep the old content.
    /// </para>
    /// <para>
    /// On Unix the new file has the permissions of the old one, and belongs to whoever saves; access control lists and extended attributes are not kept. The
    /// folder's permissions decide whether a file may be replaced, so that a read-only file is replaced too and stays read-only; on Windows it is refused.
    /// </para>
    /// <para>A device or a pipe is not replaced but written to.</para>
    /// </remarks>
    /// <param name="path">Where to. The folder must exist.</param>
    /// <exception cref="ArithmeticException">A weight is not finite, so that no file could be loaded again; what was there is untouched.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or its folder may not be written; what was there is untouched.</exception>
    /// <exception cref="IOException">Writing failed; what was there is untouched.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    void Save(string path);

    /// <summary>
    /// One time step from the network's own state: [InputSize] in (one class, as a float, for a network with OneHot), [OutputSize] out. The output may be
    /// anywhere, also in the input's memory.
    /// </summary>
    /// <exception cref="NotSupportedException">A layer needs later steps.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Sets the network's own state to its initial value: zero, or the learned initial state.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void Reset();

    /// <summary>Copies the network's own state, [StateSize], in the order of <see cref="StateSize"/>.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void CopyStateTo(Span<float> destination);

    /// <summary>Sets the network's own state, [StateSize], in the order of <see cref="StateSize"/>.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void SetState(ReadOnlySpan<float> source);

    /// <summary>
    /// Runs a sequence from the network's own state and leaves that at the end of the sequence: [T × InputSize] in, [T × OutputSize] out ([OutputSize] for a
    /// many-to-one network). Use <see cref="Predict"/> for an independent sequence.
    /// </summary>
    /// <remarks>
    /// A many-to-one network's output may be anywhere. Other outputs may overlap the input if the output of each step ends no later than its frame does; with a
    /// layer that runs in reverse, they must not overlap it.
    /// </remarks>
    /// <exception cref="ArgumentException">A span has another length, or outputs would overwrite frames before they are read. Nothing is written.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void Run(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Runs a sequence from the initial state (zero, or learned): the same input always gives the same output. The network's own state is
    /// unchanged. Shapes and overlap rules are those of
    /// <see cref="Run(ReadOnlySpan{float}, Span{float})"/>. One call at a time: it uses the network's scratch memory.
    /// </summary>
    /// <exception cref="ArgumentException">A span has another length, or outputs would overwrite frames before they are read. Nothing is written.</exception>
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>
    /// Runs a batch of sequences from the initial state (zero, or learned), time-major: [T, B, OutputSize] out ([B, OutputSize] for a
    /// many-to-one network), 0 at masked steps. The output must not overlap the batch.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another call is under way that uses the network's own state or scratch.</exception>
    void Run(SequenceBatch batch, Span<float> output);

    /// <summary>Runs a batch and records on the tape what <see cref="Backward"/> needs.</summary>
    void Forward(Tape<TSelf> tape, SequenceBatch batch);

    /// <summary>
    /// Back-propagates the gradient of the tape's outputs, adding to its parameter gradients. The gradient is read before anything is written, so it may be in
    /// the tape's own <see cref="Tape{TNetwork}.InputGradients"/>.
    /// </summary>
    void Backward(Tape<TSelf> tape, ReadOnlySpan<float> outputGradients);

    /// <summary>Back-propagates the gradient of the tape's logits: the entry point of a loss that is fused with the output activation.</summary>
    void BackwardFromLogits(Tape<TSelf> tape, ReadOnlySpan<float> logitGradients);
}
