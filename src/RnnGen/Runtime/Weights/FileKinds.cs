using System.Runtime.InteropServices;

namespace RnnGen.Runtime;

/// <summary>What a path stands for, symbolic links followed.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A file as one keeps data in.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A device, a pipe or a socket: what is written there goes somewhere, and there is nothing to replace.</summary>
    Device,
}

/// <summary>Finds out.</summary>
internal static unsafe partial class FileKinds
{
    // Of a Unix mode.
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;

    /// <summary>What a path stands for.</summary>
    public static FileKind Of(string path)
    {
        if (Directory.Exists(path))
            return FileKind.Folder;
        if (OperatingSystem.IsWindows())
            return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? FileKind.Device : File.Exists(path) ? FileKind.File : FileKind.None;
        try
        {
            // Longer than the structure, whose first words are flags and mode.
            int* status = stackalloc int[128];
            if (Status(Path.GetFullPath(path), status) != 0)
                return FileKind.None;
            return (status[1] & TypeMask) == RegularFile ? FileKind.File : FileKind.Device;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return File.Exists(path) ? FileKind.File : FileKind.None;
        }
    }

    // .NET says of no path whether it is a device; its own library does, alike on every Unix.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(string path, int* status);
}
