namespace RnnGen.Runtime;

/// <summary>
/// What a team's protocol is made of: variables that threads share, places where they sleep, and threads. A struct, so that the compiler sees through it;
/// tests put a scheduler in its place that goes through every order in which threads may take their turns.
/// </summary>
/// <remarks>
/// Every change of a variable is atomic and a full fence, every look an acquiring one: what is true of all interleavings is then true of all executions, on
/// processors with weak ordering too.
/// </remarks>
/// <typeparam name="THost">Itself.</typeparam>
internal interface IWorkerHost<THost>
    where THost : struct, IWorkerHost<THost>
{
    /// <summary>How often a thread looks at what it waits for before it sleeps.</summary>
    static abstract int Spins { get; }

    /// <summary>Makes the variables, all of them 0, and the places, nobody in them.</summary>
    static abstract THost Create(int variables, int places);

    /// <summary>A variable's value.</summary>
    int Read(int variable);

    /// <summary>Sets a variable and returns what it was.</summary>
    int Exchange(int variable, int value);

    /// <summary>Sets a variable if it is what is expected, and returns what it was.</summary>
    int CompareExchange(int variable, int value, int expected);

    /// <summary>Adds to a variable and returns what it is then.</summary>
    int Add(int variable, int value);

    /// <summary>Sets bits of a variable and returns what it was.</summary>
    int Or(int variable, int bits);

    /// <summary>Lets a little time pass between two looks.</summary>
    /// <param name="look">How many looks there were before.</param>
    void Pause(int look);

    /// <summary>Sleeps until the place is woken; at once if it has been woken since the last sleep there.</summary>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted.</exception>
    void Sleep(int place);

    /// <summary>Wakes the one who sleeps at a place, or who will. Cannot fail, and is no wait.</summary>
    void Wake(int place);

    /// <summary>Interrupts the calling thread: its next wait throws.</summary>
    void Interrupt();

    /// <summary>Starts a thread.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="serve">What it does.</param>
    /// <exception cref="OutOfMemoryException">It cannot be started.</exception>
    void Start(int place, Action serve);
}
