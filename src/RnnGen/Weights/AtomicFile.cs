namespace RnnGen.Runtime;

/// <summary>Writes a file so that whoever reads it, whenever the writer dies, finds the old content or the new.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk and renames it over the old one. When anything fails, the temporary file goes.
    /// </summary>
    /// <param name="path">The file. Where it is a symbolic link, what it points to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var named = new FileInfo(path);
        string target = (named.LinkTarget is null ? named : named.ResolveLinkTarget(returnFinalTarget: true)!).FullName;
        string temporary = Path.Combine(Path.GetDirectoryName(target) ?? target, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
        var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            using (file)
            {
                KeepMode(target, file);
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // A file that only its owner could read must not become everybody's by being saved again.
    private static void KeepMode(string target, FileStream file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
        }
    }
}
