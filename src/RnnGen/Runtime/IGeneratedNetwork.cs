using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>What a generated network has for the library alone.</summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGeneratedNetwork<TSelf>
    where TSelf : class, IGeneratedNetwork<TSelf>
{
    /// <summary>Where everything lies.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract NetworkLayout Layout { get; }

    /// <summary>What a tape must hold; null for a network that was generated with <c>Training = false</c>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TapeLayout? TapeLayout { get; }

    /// <summary>The network's weights, state and scratch.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    NetworkMemory Memory { get; }
}
