namespace RnnGen.Runtime;

/// <summary>Threads of the operating system.</summary>
internal readonly struct WorkerHost : IWorkerHost<WorkerHost>
{
    // Variables lie apart: who looks at one does not slow down who changes another. 32 are two cache lines, which are fetched together.
    private const int Stride = 32;
    private readonly int[] _variables;
    private readonly AutoResetEvent[] _places;

    private WorkerHost(int variables, int places)
    {
        _variables = new int[(variables + 1) * Stride];
        _places = new AutoResetEvent[places];
        for (int place = 0; place < places; place++)
            _places[place] = new AutoResetEvent(false);
    }

    /// <inheritdoc/>
    public static int Spins => 2000;

    /// <inheritdoc/>
    public static WorkerHost Create(int variables, int places) => new(variables, places);

    /// <inheritdoc/>
    public int Read(int variable) => Volatile.Read(ref At(variable));

    /// <inheritdoc/>
    public int Exchange(int variable, int value) => Interlocked.Exchange(ref At(variable), value);

    /// <inheritdoc/>
    public int CompareExchange(int variable, int value, int expected) => Interlocked.CompareExchange(ref At(variable), value, expected);

    /// <inheritdoc/>
    public int Add(int variable, int value) => Interlocked.Add(ref At(variable), value);

    /// <inheritdoc/>
    public int Or(int variable, int bits) => Interlocked.Or(ref At(variable), bits);

    /// <inheritdoc/>
    public void Pause(int look)
    {
        // Where there are more threads than cores, the one that is waited for may need this one's.
        if (look % 32 == 31)
            Thread.Yield();
        else
            Thread.SpinWait(8);
    }

    /// <inheritdoc/>
    public void Sleep(int place) => _places[place].WaitOne();

    /// <inheritdoc/>
    public void Wake(int place) => _places[place].Set();

    /// <inheritdoc/>
    public void Interrupt() => Thread.CurrentThread.Interrupt();

    /// <inheritdoc/>
    public void Start(int place, Action serve) =>
        new Thread(() => serve()) { IsBackground = true, Name = $"RnnGen worker {place}" }.UnsafeStart();

    private ref int At(int variable) => ref _variables[(variable + 1) * Stride];
}
