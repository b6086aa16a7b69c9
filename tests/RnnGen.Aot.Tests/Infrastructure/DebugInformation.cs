using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The paths that a debugger finds in an assembly and its symbols. They stand there in parts or compressed, where a search for text finds nothing.</summary>
internal static class DebugInformation
{
    /// <summary>The path of the symbols, as the assembly has it.</summary>
    /// <param name="assembly">The assembly's content.</param>
    public static string PathOfPdb(byte[] assembly)
    {
        using var reader = new PEReader(assembly.ToImmutableArray());
        return reader.ReadCodeViewDebugDirectoryData(reader.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView)).Path;
    }

    /// <summary>The paths of the sources in the symbols that an assembly contains; none where it has none.</summary>
    /// <param name="assembly">The assembly's content.</param>
    public static string[] SourcesOfAssembly(byte[] assembly)
    {
        using var reader = new PEReader(assembly.ToImmutableArray());
        return [.. reader.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb).SelectMany(entry =>
        {
            using MetadataReaderProvider pdb = reader.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
            return Sources(pdb.GetMetadataReader());
        })];
    }

    /// <summary>The paths of the sources in a file of symbols.</summary>
    /// <param name="pdb">The file's content.</param>
    public static string[] SourcesOfPdb(byte[] pdb)
    {
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbImage(pdb.ToImmutableArray());
        return Sources(provider.GetMetadataReader());
    }

    private static string[] Sources(MetadataReader reader) => [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
}
