using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Benchmarks.Peers;

/// <summary>The versions that a 64-bit ELF library requires of other libraries (Linux Standard Base, "Symbol Versioning").</summary>
internal static class ElfVersions
{
    private const uint Magic = 0x7F454C46;
    private const uint RequiredVersions = 0x6FFFFFFE; // SHT_GNU_verneed
    private const ushort Weak = 2; // VER_FLG_WEAK: the loader overlooks that the version is missing

    /// <summary>Marks a required version as weak.</summary>
    public static void Weaken(Span<byte> elf, string version)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(elf) != Magic || elf[4] != 2)
            throw new NotSupportedException("expected a 64-bit ELF library");
        long sections = U64(elf, 0x28);
        int entry = U16(elf, 0x3A), count = U16(elf, 0x3C);
        for (int section = 0; section < count; section++)
        {
            long header = sections + (section * entry);
            if (U32(elf, header + 4) != RequiredVersions)
                continue;
            long strings = U64(elf, sections + (U32(elf, header + 40) * entry) + 24);
            for (long need = U64(elf, header + 24), next = -1; next != 0; need += next)
            {
                WeakenOf(elf, need + U32(elf, need + 8), strings, version);
                next = U32(elf, need + 12);
            }
        }
    }

    /// <summary>The versions required of one library: a chain of entries.</summary>
    private static void WeakenOf(Span<byte> elf, long versions, long strings, string version)
    {
        for (long next = -1; next != 0; versions += next)
        {
            var name = elf[(int)(strings + U32(elf, versions + 8))..];
            if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == version)
                BinaryPrimitives.WriteUInt16LittleEndian(elf[(int)(versions + 4)..], (ushort)(U16(elf, versions + 4) | Weak));
            next = U32(elf, versions + 12);
        }
    }

    private static ushort U16(ReadOnlySpan<byte> elf, long at) => BinaryPrimitives.ReadUInt16LittleEndian(elf[(int)at..]);

    private static uint U32(ReadOnlySpan<byte> elf, long at) => BinaryPrimitives.ReadUInt32LittleEndian(elf[(int)at..]);

    private static long U64(ReadOnlySpan<byte> elf, long at) => (long)BinaryPrimitives.ReadUInt64LittleEndian(elf[(int)at..]);
}
