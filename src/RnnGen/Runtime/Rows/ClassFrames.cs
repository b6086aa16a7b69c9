using System.Buffers;
using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>Time steps that are classes, as kernels take them: in memory of the shared pool, so that a call allocates nothing once the pool is warm.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ClassFrames
{
    private readonly float[] _frames;
    private readonly int _length;

    /// <summary>Takes classes over.</summary>
    /// <param name="classes">One per time step.</param>
    /// <param name="count">How many classes there are.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">A class is negative, or there are not so many.</exception>
    public ClassFrames(ReadOnlySpan<int> classes, int count, string argument)
    {
        _length = classes.Length;
        _frames = ArrayPool<float>.Shared.Rent(Guard.Elements(argument, "classes", classes.Length));
        Guard.Classes(classes, count, _frames, argument);
    }

    /// <summary>The time steps.</summary>
    public ReadOnlySpan<float> Span => _frames.AsSpan(0, _length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<float>.Shared.Return(_frames);
}
