using RnnGen.Cli.CommandLine;

namespace RnnGen.Cli.Importing;

/// <summary>
/// Files that appear together: each is written to a temporary file beside its target, and all are renamed when the last one is complete. A file that
/// already exists stays unless it may be replaced.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly string _folder;
    private readonly bool _replaces;
    private readonly List<(string Name, string Temporary)> _files = [];
    private readonly Stack<string> _created = [];

    /// <summary>Files of a folder, which is created if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaces">Whether existing files are replaced.</param>
    public OutputFiles(string folder, bool replaces) => (_folder, _replaces) = (Path.GetFullPath(folder), replaces);

    /// <summary>Writes one file, wherever its path leads.</summary>
    public static void WriteOne(string path, bool replaces, string text) => WriteOne(path, replaces, temporary => File.WriteAllText(temporary, text));

    /// <summary>Writes one file, wherever its path leads.</summary>
    public static void WriteOne(string path, bool replaces, Action<string> write)
    {
        string full = Path.GetFullPath(path);
        using var files = new OutputFiles(Path.GetDirectoryName(full) ?? full, replaces);
        files.Add(Path.GetFileName(full), write);
        files.Commit();
    }

    /// <summary>Checks early whether one file could be written.</summary>
    /// <exception cref="RefusedException">It is there and may not be replaced, or it is a folder.</exception>
    public static void ExpectOne(string path, bool replaces)
    {
        string full = Path.GetFullPath(path);
        using var files = new OutputFiles(Path.GetDirectoryName(full) ?? full, replaces);
        files.Expect(Path.GetFileName(full));
    }

    /// <summary>Checks early whether a file is in the way, without writing anything.</summary>
    /// <exception cref="RefusedException">It is, and may not be replaced.</exception>
    public void Expect(params IEnumerable<string> names)
    {
        if (Ancestors().FirstOrDefault(File.Exists) is { } file)
            throw new RefusedException($"{file}: expected a folder, got a file");
        foreach (string path in names.Select(name => Path.Combine(_folder, name)))
        {
            if (Directory.Exists(path) || path == _folder || path.EndsWith(Path.DirectorySeparatorChar))
                throw new RefusedException($"{path}: expected a file, got a folder");
            if (!_replaces && Path.Exists(path))
                throw new RefusedException($"{path} exists; --force overwrites it");
        }
    }

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text) => Add(name, path => File.WriteAllText(path, text));

    /// <summary>Adds a file that the caller writes.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="write">Writes it to the given path.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(string name, Action<string> write)
    {
        if (name != Path.GetFileName(name))
            throw new ArgumentException($"expected a file name, got \"{name}\"", nameof(name));
        Expect(name);
        string temporary = Path.Combine(_folder, $".{Path.GetRandomFileName()}.rnngen");
        Try(name, temporary, () =>
        {
            CreateFolder();
            _files.Add((name, temporary));
            write(temporary);
        });
    }

    /// <summary>Renames all files to their final names; if one cannot be renamed, the folder is as it was.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">One cannot be renamed.</exception>
    public IReadOnlyList<string> Commit()
    {
        List<(string Path, string? Old)> moved = [];
        try
        {
            foreach ((string name, string temporary) in _files)
                Try(name, temporary, () => moved.Add((Path.Combine(_folder, name), Move(temporary, Path.Combine(_folder, name)))));
        }
        catch
        {
            foreach ((string path, string? old) in moved)
            {
                if (old is null)
                    File.Delete(path);
                else
                    File.Move(old, path, overwrite: true);
            }

            throw;
        }

        foreach ((_, string? old) in moved)
            if (old is not null)
                File.Delete(old);
        _created.Clear();
        return [.. moved.Select(file => file.Path)];
    }

    /// <summary>Removes temporary files that were not renamed, and the folders that were created for them.</summary>
    public void Dispose()
    {
        foreach ((_, string temporary) in _files)
            File.Delete(temporary);
        while (_created.TryPop(out string? folder))
            if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
    }

    /// <summary>Moves a file; the path of the one that it replaced, or null.</summary>
    private string? Move(string temporary, string path)
    {
        if (!_replaces || !File.Exists(path))
        {
            File.Move(temporary, path);
            return null;
        }

        string old = temporary + ".old";
        File.Replace(temporary, path, old);
        return old;
    }

    private void CreateFolder()
    {
        foreach (string folder in Ancestors().TakeWhile(folder => !Directory.Exists(folder)).Reverse())
        {
            Directory.CreateDirectory(folder);
            _created.Push(folder);
        }
    }

    /// <summary>The folder, the one that it is in, and so on.</summary>
    private IEnumerable<string> Ancestors()
    {
        for (string? folder = _folder; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    /// <summary>Runs what may fail; the message then names the file, and not a temporary one.</summary>
    private void Try(string name, string temporary, Action action)
    {
        string path = Path.Combine(_folder, name);
        try
        {
            action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path} cannot be written: {problem.Message.Replace(temporary, path, StringComparison.Ordinal)}", problem);
        }
    }
}
