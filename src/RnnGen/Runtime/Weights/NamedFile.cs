namespace RnnGen.Runtime;

/// <summary>
/// A file that a user names. What is wrong with it is said of the name that the user gave, in words of RnnGen's own: the system's may be missing in a small
/// native library, and name files that the user knows nothing of.
/// </summary>
internal static class NamedFile
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    /// <summary>Opens a file, a device or a pipe to be read.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It is a folder, or may not be read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileStream OpenRead(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw Folder(path);
        try
        {
            return File.OpenRead(path);
        }
        catch (DirectoryNotFoundException none)
        {
            throw NoFolder(path, Path.GetFullPath(path), none);
        }
        catch (FileNotFoundException none)
        {
            throw new FileNotFoundException($"{path}: expected a file, got none", path, none);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new UnauthorizedAccessException($"{path}: expected a file that can be read, got one without permission", refused);
        }
        catch (IOException failed)
        {
            throw Reworded(failed, Path.GetFullPath(path), path) ?? failed;
        }
    }

    /// <summary>What is there; a folder is refused.</summary>
    public static FileKind KindOf(string path)
    {
        FileKind kind = FileKinds.Of(path);
        return kind != FileKind.Folder ? kind : throw Folder(path);
    }

    /// <summary>Refuses a folder, a device and a pipe.</summary>
    /// <returns>Whether there is a file.</returns>
    public static bool IsFile(string path) => KindOf(path) switch
    {
        FileKind.None => false,
        FileKind.File => true,
        _ => throw new IOException($"{path}: expected a file, got a device or a pipe"),
    };

    /// <summary>The place that a name stands for, all symbolic links followed: what a file must be beside of to be renamed to it.</summary>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    /// <exception cref="IOException">It is not a file's name, or its links lead nowhere.</exception>
    public static string Target(string path)
    {
        if (Path.EndsInDirectorySeparator(path))
            throw new IOException($"{path}: expected the name of a file, got that of a folder");
        string full = Path.GetFullPath(path);
        string target = OperatingSystem.IsWindows() ? FinalTarget(full) : Follow(path, full);
        return Directory.Exists(Path.GetDirectoryName(target)) ? target : throw NoFolder(path, target, null);
    }

    /// <summary>An error of the system's that names what the user named.</summary>
    /// <param name="error">The error.</param>
    /// <param name="hidden">The file that it names.</param>
    /// <param name="path">What the user named.</param>
    /// <returns>An error of the same type; null where <paramref name="error"/> does not name the file.</returns>
    public static Exception? Reworded(Exception error, string hidden, string path)
    {
        if (!error.Message.Contains(hidden, StringComparison.Ordinal))
            return null;
        string message = $"{path}: {error.Message.Replace(hidden, path, StringComparison.Ordinal)}";
        return error switch
        {
            PathTooLongException => new PathTooLongException(message, error),
            UnauthorizedAccessException => new UnauthorizedAccessException(message, error),
            IOException => new IOException(message, error) { HResult = error.HResult },
            _ => null,
        };
    }

    private static UnauthorizedAccessException Folder(string path) => new($"{path}: expected a file, got a folder");

    private static DirectoryNotFoundException NoFolder(string path, string target, Exception? reason) =>
        new($"{path}: expected a file in an existing folder, got no folder {Path.GetDirectoryName(target)}", reason);

    private static string FinalTarget(string full)
    {
        var named = new FileInfo(full);
        return named.LinkTarget is null ? full : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    // .NET's own search takes ".." in a link for the folder that the path shows; for the system it is the one that the link lies in.
    private static string Follow(string path, string full)
    {
        string at = "/";
        int links = 0;
        var left = new Stack<string>();
        Push(full);
        while (left.TryPop(out string? name))
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            string next = Path.Join(at, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new IOException($"{path}: expected at most {MaxLinks} symbolic links one after the other, got more");
            if (Path.IsPathRooted(target))
                at = "/";
            Push(target);
        }

        return at;

        void Push(string names)
        {
            string[] each = names.Split('/');
            for (int i = each.Length - 1; i >= 0; i--)
            {
                if (each[i] is not ("" or "."))
                    left.Push(each[i]);
            }
        }
    }
}
