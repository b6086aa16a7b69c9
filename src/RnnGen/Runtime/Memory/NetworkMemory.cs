using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace RnnGen.Runtime;

/// <summary>
/// A network's memory, one <see cref="Arena"/>: its packed weights, the reduced copy of them if it has one, its own packed state and one for predictions, and scratch for <c>Run</c> on
/// a batch, each 64-byte aligned; further threads have scratch of their own. Weights exist only packed; their canonical layout is made at the border, by
/// <see cref="Parameters"/> and by files.
/// </summary>
/// <remarks>
/// Not synchronised: weights may be read by many threads as long as none writes them, state and scratch are one call's at a time (<see cref="Enter"/>).
/// <see cref="Dispose"/> alone may come at any time, from any thread.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe partial class NetworkMemory : IDisposable
{
    private readonly Arena _arena;
    private readonly PackedBuffer _buffer;
    private readonly ArenaBlock _state;
    private readonly ArenaBlock _freshState;
    private readonly float* _weightsPointer;
    private readonly float* _statePointer;
    private readonly float* _freshPointer;
    private readonly float* _scratchPointer;
    private readonly int _ownScratch;
    private readonly ParameterCollection _parameters;
    private readonly ReducedCopy _reduced;
    private readonly bool _learnsStates;
    private bool _startsLearned;
    private byte[] _ones = Ones(StepsAtOnce);

    /// <summary>Takes the memory; weights and state start as zeros.</summary>
    /// <param name="layout">What lies where.</param>
    /// <param name="network">The generated class; null where no compiler made it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network needs more memory than one array can hold.</exception>
    public NetworkMemory(NetworkLayout layout, Type? network = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Layout = layout;
        SimdNotice.WriteOnce();
        DebugNotice.WriteOnce(network);

        var plan = new ArenaPlan();
        ArenaBlock weights = plan.Take(layout.WeightsLength);
        _state = plan.Take(layout.StateLength);
        _freshState = plan.Take(layout.StateLength);
        _ownScratch = layout.SequenceScratchLength == 0 ? layout.ScratchLength : 0;
        ArenaBlock scratch = plan.Take(_ownScratch);
        ArenaBlock reduced = plan.Take(layout.ReducedLength);
        if (!plan.Fits)
        {
            throw new ArgumentOutOfRangeException(
                nameof(layout), $"layout: {layout.Network} needs {plan.Length} floats, expected at most {Arena.MaxLength}");
        }

        _team = new WorkerTeam<WorkerHost>(layout.Network);
        _arena = new Arena((long)plan.Length);
        _weightsPointer = weights.PointerIn(_arena);
        _statePointer = _state.PointerIn(_arena);
        _freshPointer = _freshState.PointerIn(_arena);
        _scratchPointer = scratch.PointerIn(_arena);
        _buffer = new PackedBuffer(layout.Network, _arena, weights);
        _reduced = new ReducedCopy(layout, _buffer, _arena, reduced);
        _learnsStates = layout.States.Any(state => state.LearnedOffset is not null);
        _parameters = new ParameterCollection(layout, _buffer);
    }

    /// <summary>What lies where.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>A table of the network's layers, and what they need.</summary>
    public string Summary() => NetworkSummary.Table(Layout);

    /// <summary>The network in a line.</summary>
    public override string ToString() => NetworkSummary.Line(Layout);

    /// <summary>The packed weights, <see cref="NetworkLayout.WeightsLength"/> floats.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public ref float Weights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            _buffer.ThrowIfDisposed();
            return ref *_weightsPointer;
        }
    }

    /// <summary>
    /// The reduced copy of the weights, <see cref="NetworkLayout.ReducedLength"/> words, recomputed where the weights have changed since it was made.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public ref float ReducedWeights
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            _buffer.ThrowIfDisposed();
            return ref _reduced.First;
        }
    }

    /// <summary>The network's own packed state, <see cref="NetworkLayout.StateLength"/> floats.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public ref float State
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            _buffer.ThrowIfDisposed();
            if (_startsLearned)
                StartLearned();
            return ref *_statePointer;
        }
    }

    /// <summary>
    /// The state before a first step, <see cref="NetworkLayout.StateLength"/> floats, for a sequence that leaves the network's own state alone. Each call starts
    /// it anew in one place.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public ref float FreshState
    {
        get
        {
            CopyInitialStateTo(_freshState.In(_arena));
            return ref *_freshPointer;
        }
    }

    /// <summary>A mask of that many steps, all of them real.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">They are more than an array can hold.</exception>
    public ReadOnlySpan<byte> Unmasked(int count)
    {
        byte[] ones = _ones; // Another thread's may become the network's meanwhile.
        if (ones.Length < count)
            _ones = ones = Ones(Guard.Elements("input", "time steps", count));
        return ones.AsSpan(0, count);
    }

    private static byte[] Ones(int count)
    {
        byte[] ones = new byte[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    /// <summary>
    /// The packed weights. Optimisers run elementwise over them; padding is zero and must stay zero. Who changes them takes them anew after each step or run:
    /// what is written later does not reach a reduced copy.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public Span<float> PackedWeights => _buffer.Writable;

    /// <summary>The same for those who only read: reduced weights stay as new as they are.</summary>
    internal ReadOnlySpan<float> WeightsToRead => _buffer.Span;

    /// <summary>The network's own packed state.</summary>
    /// <exception cref="InvalidOperationException">A call that uses it is under way.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public Span<float> PackedState
    {
        get
        {
            _buffer.ThrowIfDisposed();
            ThrowIfInUse();
            if (_startsLearned)
                StartLearned();
            return _state.In(_arena);
        }
    }

    /// <summary>The parameters in canonical order and layout.</summary>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public ParameterCollection Parameters
    {
        get
        {
            _buffer.ThrowIfDisposed();
            return _parameters;
        }
    }

    /// <summary>Draws new weights: each parameter evenly from [−bound, bound), its <see cref="ParameterLayout.InitialBound"/>, in canonical order.</summary>
    /// <param name="seed">The same seed gives the same bits on every machine.</param>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Initialize(long seed)
    {
        Initializer.Fill(Parameters, seed);
        Reset();
    }

    /// <summary>
    /// Sets the network's own state to that before a first step: zero, or what is learned, as it is when the state is next used. What is learned may change
    /// until then.
    /// </summary>
    /// <exception cref="InvalidOperationException">A call that uses the state is under way.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void Reset()
    {
        _buffer.ThrowIfDisposed();
        using Use use = Enter();
        _startsLearned = _learnsStates;
        if (!_learnsStates)
            _state.In(_arena).Clear();
    }

    /// <summary>Whether the network's own state is that before a first step, and what of it is learned has not been looked at yet.</summary>
    internal bool StartsLearned => _startsLearned;

    /// <summary>Writes the state before a first step: zero, or what is learned.</summary>
    /// <param name="packed">A packed state, [<see cref="NetworkLayout.StateLength"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="packed"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void CopyInitialStateTo(Span<float> packed)
    {
        ReadOnlySpan<float> weights = _buffer.Span;
        Guard.Length(packed.Length, Layout.StateLength, nameof(packed), nameof(Layout.StateLength));
        packed.Clear();
        for (int i = 0; i < Layout.States.Count; i++)
        {
            StateLayout state = Layout.States[i];
            if (state.LearnedOffset is int learned)
                weights.Slice(learned, state.Size).CopyTo(packed[state.Offset..]);
        }
    }

    /// <summary>Copies the network's own state out.</summary>
    /// <param name="destination">Receives it in the order of <see cref="NetworkLayout.States"/>, [<see cref="NetworkLayout.StateSize"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void CopyStateTo(Span<float> destination)
    {
        ReadOnlySpan<float> state = PackedState;
        Guard.Length(destination.Length, Layout.StateSize, nameof(destination), nameof(Layout.StateSize));
        Runtime.PackedState.CopyTo(Layout, state, destination);
    }

    /// <summary>Sets the network's own state.</summary>
    /// <param name="source">The state in the order of <see cref="NetworkLayout.States"/>, [<see cref="NetworkLayout.StateSize"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="source"/> has another length.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public void SetState(ReadOnlySpan<float> source)
    {
        Span<float> state = PackedState;
        Guard.Length(source.Length, Layout.StateSize, nameof(source), nameof(Layout.StateSize));
        Runtime.PackedState.Set(Layout, source, state);
    }

    private void StartLearned()
    {
        _startsLearned = false;
        CopyInitialStateTo(_state.In(_arena));
    }

    /// <summary>Ends the network: every later use throws <see cref="ObjectDisposedException"/>. The garbage collector reclaims the memory.</summary>
    /// <remarks>
    /// It does not wait. A step or run that is under way on another thread continues in memory that is still its own, and returns what it would have
    /// returned or throws <see cref="ObjectDisposedException"/>; the network's threads end after it.
    /// </remarks>
    public void Dispose()
    {
        _buffer.Dispose();
        _team.Dispose();
    }
}
