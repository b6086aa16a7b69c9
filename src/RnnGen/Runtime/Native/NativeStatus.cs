using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// The codes that functions for C return. The generator compiles this file too: the generated header has these numbers and this documentation, one line per code. The
/// numbers must not change.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum NativeStatus
{
    /// <summary>Success.</summary>
    Ok = 0,

    /// <summary>A pointer is NULL.</summary>
    NullArgument = 1,

    /// <summary>A pointer is not aligned for its type.</summary>
    Misaligned = 2,

    /// <summary>A length does not match the network's sizes, or exceeds its limit.</summary>
    WrongLength = 3,

    /// <summary>The network was destroyed, is of another type, or was never created.</summary>
    BadHandle = 4,

    /// <summary>The weights are damaged, or belong to another network.</summary>
    BadWeights = 5,

    /// <summary>The file cannot be read.</summary>
    InputOutput = 6,

    /// <summary>There is not enough memory.</summary>
    OutOfMemory = 7,

    /// <summary>Outputs would overwrite inputs before they are read.</summary>
    Overlap = 8,

    /// <summary>A time step is not one of the network's classes.</summary>
    BadClass = 9,

    /// <summary>Another thread is using the network.</summary>
    Busy = 10,

    /// <summary>The loader found no library that this CPU can run.</summary>
    NoLibrary = 11,

    /// <summary>An error in the library.</summary>
    Internal = 12,
}
