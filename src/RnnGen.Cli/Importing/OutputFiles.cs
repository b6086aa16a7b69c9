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

    /// <summary>Files of a folder, which is created if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaces">Whether existing files are replaced.</param>
    public OutputFiles(string folder, bool replaces) => (_folder, _replaces) = (Path.GetFullPath(folder), replaces);

    /// <summary>The names of the files so far.</summary>
    public IEnumerable<string> Names => _files.Select(file => file.Name);

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

    /// <summary>Checks early whether a file is in the way.</summary>
    /// <exception cref="RefusedException">It is, and may not be replaced.</exception>
    public void Expect(params IEnumerable<string> names)
    {
        if (!_replaces && names.FirstOrDefault(name => Path.Exists(Path.Combine(_folder, name))) is { } taken)
            throw new RefusedException($"{Path.Combine(_folder, taken)} exists; --force overwrites it");
    }

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text) => Add(name, path => File.WriteAllText(path, text));

    /// <summary>Adds a file that the caller writes.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="write">Writes it to the given path.</param>
    public void Add(string name, Action<string> write)
    {
        if (name != Path.GetFileName(name))
            throw new ArgumentException($"expected a file name, got \"{name}\"", nameof(name));
        Expect(name);
        Directory.CreateDirectory(_folder);
        string temporary = Path.Combine(_folder, $".{name}.{Path.GetRandomFileName()}");
        _files.Add((name, temporary));
        write(temporary);
    }

    /// <summary>Renames all files to their final names.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Commit()
    {
        List<string> moved = [];
        try
        {
            foreach ((string name, string temporary) in _files)
            {
                string path = Path.Combine(_folder, name);
                File.Move(temporary, path, _replaces);
                moved.Add(path);
            }
        }
        catch (IOException) when (!_replaces)
        {
            // Another program created one of the files first: none of ours stays.
            foreach (string path in moved)
                File.Delete(path);
            throw;
        }

        return moved;
    }

    /// <summary>Removes temporary files that were not renamed.</summary>
    public void Dispose()
    {
        foreach ((_, string temporary) in _files)
            File.Delete(temporary);
    }
}
