using RnnGen.Cli.CommandLine;

namespace RnnGen.Cli.Importing;

/// <summary>
/// Files that appear together: each is written beside its place under a name of its own, and all of them take their names when the last one is whole. What
/// is there already stays unless it may be replaced.
/// </summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly string _folder;
    private readonly bool _replaces;
    private readonly List<(string Name, string Temporary)> _files = [];

    /// <summary>Files of a folder, which is made if it does not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="replaces">Whether files that are there are replaced.</param>
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

    /// <summary>Says early that a file is in the way.</summary>
    /// <exception cref="RefusedException">It is, and may not be replaced.</exception>
    public void Expect(params IEnumerable<string> names)
    {
        if (!_replaces && names.FirstOrDefault(name => Path.Exists(Path.Combine(_folder, name))) is { } taken)
            throw new RefusedException($"{Path.Combine(_folder, taken)} exists; --force overwrites it");
    }

    /// <summary>Adds a text.</summary>
    public void Add(string name, string text) => Add(name, path => File.WriteAllText(path, text));

    /// <summary>Adds a file that somebody writes.</summary>
    /// <param name="name">Its name, without a folder.</param>
    /// <param name="write">Writes it to the path that it gets.</param>
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

    /// <summary>Lets all files take their names.</summary>
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
            // Another program was faster with one of the names: none of ours stays.
            foreach (string path in moved)
                File.Delete(path);
            throw;
        }

        return moved;
    }

    /// <summary>Removes what has not got its name.</summary>
    public void Dispose()
    {
        foreach ((_, string temporary) in _files)
            File.Delete(temporary);
    }
}
