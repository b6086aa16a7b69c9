using System.ComponentModel;
using System.Reflection;

namespace RnnGen.Runtime;

/// <summary>
/// The weights that are constant data of an assembly. <c>RnnGen.Weights.targets</c> makes them so for NativeAOT, where the search for a resource would ask for
/// a culture, and that for an ICU library.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EmbeddedWeights
{
    private static Entry? s_last;

    /// <summary>Gives the bytes of a file.</summary>
    public delegate ReadOnlySpan<byte> Reader();

    /// <summary>Adds a file; the module initializers of the assemblies that have some call it.</summary>
    /// <param name="owner">A type of the assembly.</param>
    /// <param name="path">The file's path in the project, with slashes.</param>
    /// <param name="reader">Gives the whole file.</param>
    public static void Add(Type owner, string path, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(reader);
        Entry? next;
        Entry entry;
        do
        {
            next = Volatile.Read(ref s_last);
            entry = new Entry(owner, path, reader, next);
        }
        while (Interlocked.CompareExchange(ref s_last, entry, next) != next);
    }

    /// <summary>Finds the file of an assembly.</summary>
    internal static bool TryFind(Assembly assembly, string path, out ReadOnlySpan<byte> file)
    {
        for (Entry? entry = Volatile.Read(ref s_last); entry is not null; entry = entry.Next)
        {
            if (entry.Path == path && entry.Owner.Assembly == assembly)
            {
                file = entry.Reader();
                return true;
            }
        }

        file = default;
        return false;
    }

    private sealed class Entry(Type owner, string path, Reader reader, Entry? next)
    {
        public Type Owner => owner;

        public string Path => path;

        public Reader Reader => reader;

        public Entry? Next => next;
    }
}
