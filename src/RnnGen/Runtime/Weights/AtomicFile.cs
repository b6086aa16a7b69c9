using System.Security.Cryptography;
using System.Text;

namespace RnnGen.Runtime;

/// <summary>Writes a file so that whoever reads it, whenever the writer dies, finds the old content or the new.</summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    // What the strictest of common file systems, an encrypted one, takes for a name.
    private const int LongestName = 143;

    // A dot, another before the identifier, its digits, the extension.
    private const int Added = 1 + 1 + 32 + 4;

    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk and renames it over the old one. When anything fails, the temporary file goes. A
    /// device or a pipe is written to.
    /// </summary>
    /// <param name="path">The file. Where it is a symbolic link, what it points to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (NamedFile.KindOf(path) == FileKind.Device)
        {
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            write(device);
            return;
        }

        string target = NamedFile.Target(path);
        string temporary = Path.Join(Path.GetDirectoryName(target), $"{Start(target)}{Guid.NewGuid():N}{Extension}");
        try
        {
            using (FileStream file = Create(temporary, target))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception reason)
        {
            DeleteIfPossible(temporary);
            if ((NamedFile.Reworded(reason, temporary, path) ?? NamedFile.Reworded(reason, target, path)) is { } named)
                throw named;
            throw;
        }
    }

    /// <summary>Deletes what writers of this file left behind when they were killed. A file that someone is writing stays.</summary>
    /// <param name="path">The file.</param>
    public static void DeleteLeftovers(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = NamedFile.Target(path);
        string start = Start(target);
        foreach (FileInfo file in new DirectoryInfo(Path.GetDirectoryName(target)!).EnumerateFiles("*" + Extension))
        {
            // The name itself is not a pattern: it may hold an asterisk.
            if (file.Name.StartsWith(start, StringComparison.Ordinal)
                && Guid.TryParseExact(file.Name[start.Length..^Extension.Length], "N", out _)
                && IsAbandoned(file))
            {
                file.Delete();
            }
        }
    }

    private static bool IsAbandoned(FileInfo file)
    {
        try
        {
            using FileStream alone = file.Open(FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>How the names of a file's temporary files begin: with its own name, or its hash where a name would be too long for the folder.</summary>
    private static string Start(string target)
    {
        string name = Path.GetFileName(target);
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length + Added <= LongestName ? $".{name}." : $".{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}.";
    }

    // A file that only its owner could read must not become everybody's by being saved again.
    private static FileStream Create(string temporary, string target)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(target))
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        UnixFileMode mode = File.GetUnixFileMode(target);
        var file = new FileStream(temporary, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            UnixCreateMode = mode,
        });
        File.SetUnixFileMode(file.SafeFileHandle, mode); // also what the process does not give new files
        return file;
    }

    private static void DeleteIfPossible(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            // What made writing fail is what the caller must know.
        }
    }
}
