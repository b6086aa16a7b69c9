using System.Runtime.InteropServices;

namespace RnnGen.Samples.Embedded;

/// <summary>
/// Standard input, output or error by the system's own calls. <see cref="Console"/> would do as well, but starts a thread for signals; a
/// <see cref="FileStream"/> would write at positions of its own, over what other programs write to the same file.
/// </summary>
/// <param name="descriptor">0, 1 or 2.</param>
internal sealed partial class StandardStream(int descriptor) : Stream
{
    private const int Interrupted = 4;

    /// <summary>Opens a standard stream.</summary>
    /// <param name="descriptor">0, 1 or 2.</param>
    public static Stream Open(int descriptor) => (OperatingSystem.IsWindows(), descriptor) switch
    {
        (true, 0) => Console.OpenStandardInput(),
        (true, 1) => Console.OpenStandardOutput(),
        (true, _) => Console.OpenStandardError(),
        _ => new StandardStream(descriptor),
    };

    /// <inheritdoc/>
    public override bool CanRead => descriptor == 0;

    /// <inheritdoc/>
    public override bool CanWrite => descriptor != 0;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            nint read;
            do
                read = SystemRead(descriptor, first, (nuint)buffer.Length);
            while (read < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return read >= 0 ? (int)read : throw Failure("read");
        }
    }

    /// <inheritdoc/>
    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        fixed (byte* first = buffer)
        {
            for (nint done = 0; done < buffer.Length;)
            {
                nint written = SystemWrite(descriptor, first + done, (nuint)(buffer.Length - done));
                if (written >= 0)
                    done += written;
                else if (Marshal.GetLastPInvokeError() != Interrupted)
                    throw Failure("write");
            }
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private IOException Failure(string what) =>
        new($"standard stream {descriptor}: {what} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint SystemRead(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static unsafe partial nint SystemWrite(int descriptor, byte* buffer, nuint count);
}
