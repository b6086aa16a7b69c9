using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// What a function that C calls returns. The generator compiles this file too: numbers and documentation, a line a code, are those of the generated header. The
/// numbers stay as they are.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NativeStatus
{
    /// <summary>It is done.</summary>
    Ok = 0,

    /// <summary>A pointer is NULL.</summary>
    NullArgument = 1,

    /// <summary>An address is not a multiple of what its type demands.</summary>
    Misaligned = 2,

    /// <summary>A length is not what the network's sizes demand, or is over its limit.</summary>
    WrongLength = 3,

    /// <summary>The network was destroyed, is of another kind, or was never one.</summary>
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

    /// <summary>The loader has found no library that this CPU can run.</summary>
    NoLibrary = 11,

    /// <summary>An error in the library.</summary>
    Internal = 12,
}
