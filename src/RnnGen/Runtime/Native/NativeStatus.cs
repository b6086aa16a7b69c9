using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>What a function that C calls returns. The numbers are those of the generated header: they stay as they are.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NativeStatus
{
    /// <summary>It is done.</summary>
    Ok = 0,

    /// <summary>A pointer is NULL.</summary>
    NullArgument = 1,

    /// <summary>A pointer's address is no multiple of what its type demands.</summary>
    Misaligned = 2,

    /// <summary>A length is another than the network's sizes demand, or is over its limit.</summary>
    WrongLength = 3,

    /// <summary>The network has been destroyed, is of another kind, or was never one.</summary>
    BadHandle = 4,

    /// <summary>The weights are damaged, or those of another network.</summary>
    BadWeights = 5,

    /// <summary>The file cannot be read.</summary>
    InputOutput = 6,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory = 7,

    /// <summary>Outputs would overwrite inputs before they are read.</summary>
    Overlap = 8,

    /// <summary>A time step is none of the network's classes.</summary>
    BadClass = 9,

    /// <summary>Another thread is using the network.</summary>
    Busy = 10,

    /// <summary>The loader has found no library for this CPU; only the loader returns it.</summary>
    NoLibrary = 11,

    /// <summary>An error in RnnGen.</summary>
    Internal = 12,
}
