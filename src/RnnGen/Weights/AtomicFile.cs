namespace RnnGen.Runtime;

/// <summary>Writes a file so that whoever reads it, whenever the writer dies, finds the old content or the new.</summary>
internal static class AtomicFile
{
    private const string Extension = ".tmp";

    /// <summary>
    /// Writes a temporary file in the same folder, flushes it to the disk and renames it over the old one. When anything fails, the temporary file goes.
    /// </summary>
    /// <param name="path">The file. Where it is a symbolic link, what it points to is replaced.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = TargetOf(path);
        string temporary = Path.Combine(FolderOf(target), $".{Path.GetFileName(target)}.{Guid.NewGuid():N}{Extension}");
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

    /// <summary>Deletes what writers of this file left behind when they were killed. A file that someone is writing stays.</summary>
    /// <param name="path">The file.</param>
    public static void DeleteLeftovers(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string target = TargetOf(path);
        string start = $".{Path.GetFileName(target)}.";
        var folder = new DirectoryInfo(FolderOf(target));
        foreach (FileInfo file in folder.Exists ? folder.EnumerateFiles(start + "*" + Extension) : [])
        {
            if (Guid.TryParseExact(file.Name[start.Length..^Extension.Length], "N", out _) && IsAbandoned(file))
                file.Delete();
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

    private static string TargetOf(string path)
    {
        var named = new FileInfo(path);
        return (named.LinkTarget is null ? named : named.ResolveLinkTarget(returnFinalTarget: true)!).FullName;
    }

    private static string FolderOf(string target) => Path.GetDirectoryName(target) ?? target;

    // A file that only its owner could read must not become everybody's by being saved again.
    private static void KeepMode(string target, FileStream file)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(target))
        {
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
        }
    }
}
