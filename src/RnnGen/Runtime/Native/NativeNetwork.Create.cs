using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <content>How C comes by a network.</content>
public static unsafe partial class NativeNetwork<TSelf>
{
    /// <summary>A network with the weights of a safetensors file that is in memory.</summary>
    /// <param name="safetensors">The whole file; it is not needed afterwards.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="network">Receives the handle, or null.</param>
    public static NativeStatus CreateFromMemory(nint safetensors, nuint bytes, nint network)
    {
        try
        {
            if (NoResult(network) is not NativeStatus.Ok and var wrong)
                return wrong;
            if (NativeArguments.Pointer(safetensors, 1, nameof(safetensors)) is not NativeStatus.Ok and var absent)
                return absent;
            if (bytes > int.MaxValue)
                return NativeErrors.Set(NativeStatus.WrongLength, $"bytes: expected at most {int.MaxValue}, got {bytes}");
            return Give(TSelf.Load(new ReadOnlySpan<byte>((void*)safetensors, (int)bytes)), network);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>A network with the weights of a safetensors file.</summary>
    /// <param name="path">The file's path, UTF-8 that ends with a zero byte.</param>
    /// <param name="network">Receives the handle, or null.</param>
    public static NativeStatus CreateFromFile(nint path, nint network)
    {
        try
        {
            if (NoResult(network) is not NativeStatus.Ok and var wrong)
                return wrong;
            if (NativeArguments.Pointer(path, 1, nameof(path)) is not NativeStatus.Ok and var absent)
                return absent;
            return Open(Marshal.PtrToStringUTF8(path)!, network);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>A network with the weights that the library has in itself.</summary>
    /// <param name="create">Makes it.</param>
    /// <param name="network">Receives the handle, or null.</param>
    public static NativeStatus CreateDefault(Func<TSelf> create, nint network)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(create);
            return NoResult(network) is not NativeStatus.Ok and var wrong ? wrong : Give(create(), network);
        }
        catch (Exception exception)
        {
            return NativeErrors.Set(exception);
        }
    }

    /// <summary>Whoever does not look at the code finds a null handle, which every function refuses.</summary>
    private static NativeStatus NoResult(nint network)
    {
        NativeStatus status = NativeArguments.Pointer(network, sizeof(nint), nameof(network));
        if (status == NativeStatus.Ok)
            *(nint*)network = 0;
        return status;
    }

    private static NativeStatus Open(string path, nint network)
    {
        if (path.Length == 0)
            return NativeErrors.Set(NativeStatus.InputOutput, "path: expected the path of a file, got an empty one");
        try
        {
            return Give(TSelf.Load(path), network);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return NativeErrors.Set(NativeStatus.InputOutput, $"path: {exception.Message}");
        }
    }

    private static NativeStatus Give(TSelf created, nint network)
    {
        *(nint*)network = NativeHandles.Add(new Instance(created));
        return NativeStatus.Ok;
    }
}
