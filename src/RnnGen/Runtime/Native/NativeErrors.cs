using System.ComponentModel;
using System.Text;

namespace RnnGen.Runtime;

/// <summary>The text of a thread's last failure, for callers from C. What succeeds does not touch it, so that it costs nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class NativeErrors
{
    [ThreadStatic]
    private static byte[]? _text;

    /// <summary>Copies the text of the calling thread's last failure, empty before the first one.</summary>
    /// <param name="buffer">Receives it as UTF-8, ended by a zero byte and cut between characters where it does not fit; may be null.</param>
    /// <param name="capacity">Bytes that <paramref name="buffer"/> holds; nothing is written where it is 0.</param>
    /// <returns>Bytes that the whole text needs, its end included; 0 where not even that can be told.</returns>
    [CLSCompliant(false)]
    public static nuint Copy(nint buffer, nuint capacity)
    {
        try
        {
            ReadOnlySpan<byte> text = _text;
            if (buffer != 0 && capacity != 0)
            {
                int length = (int)Math.Min((nuint)text.Length, capacity - 1);
                while (length < text.Length && length > 0 && IsContinuation(text[length]))
                    length--;
                text[..length].CopyTo(new Span<byte>((void*)buffer, length));
                ((byte*)buffer)[length] = 0;
            }

            return (nuint)text.Length + 1;
        }
        catch (Exception)
        {
            return 0; // A thread's first use of its own variables may take memory.
        }
    }

    /// <summary>Keeps a failure's text.</summary>
    /// <returns><paramref name="status"/>.</returns>
    internal static NativeStatus Set(NativeStatus status, string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        return status;
    }

    /// <summary>The code of an exception, whose message becomes the text.</summary>
    internal static NativeStatus Set(Exception exception)
    {
        NativeStatus status = StatusOf(exception);
        try
        {
            return Set(status, status == NativeStatus.Internal ? $"{exception.GetType().Name}: {exception.Message}" : exception.Message);
        }
        catch (Exception)
        {
            return status; // No memory for the text, most likely: the code must reach the caller anyway.
        }
    }

    private static NativeStatus StatusOf(Exception exception) => exception switch
    {
        FormatException => NativeStatus.BadWeights,
        IOException or UnauthorizedAccessException => NativeStatus.InputOutput,
        OutOfMemoryException => NativeStatus.OutOfMemory,
        _ => NativeStatus.Internal,
    };

    private static bool IsContinuation(byte unit) => (unit & 0xC0) == 0x80;
}
