namespace RnnGen.Formats.Tests;

/// <summary>
/// Damages files at random, by seeds, and reads them: only <see cref="FormatException"/> may come out, and memory stays within bounds. A few hundred a file;
/// with <c>RNNGEN_MUTATIONS=200000</c> in the environment, as many as that.
/// </summary>
internal static class Mutations
{
    // A float of a file is a few floats in memory; a little file is read with tables of a fixed size.
    private const long BytesPerByte = 400, Bytes = 20_000_000;

    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_MUTATIONS"), out int asked) ? asked : null;

    /// <summary>Reads a file and many damaged ones of it.</summary>
    /// <param name="file">A sound one.</param>
    /// <param name="count">How many, unless the environment says it.</param>
    /// <param name="wrap">What is made of the damaged bytes before they are read: an archive of which they are a part; null for nothing.</param>
    /// <param name="isRead">Whether the sound one can be read; one that holds what no layer expresses is refused, and still damaged.</param>
    /// <returns>How many of <paramref name="count"/> were refused; the others were read.</returns>
    public static int Read(byte[] file, int count, Func<byte[], ModelFile>? wrap = null, bool isRead = true)
    {
        if (isRead)
            ModelFormats.Read(File(file), ImportOptions.Default);
        int refused = 0, all = Asked ?? count;
        for (int seed = 0; seed < all; seed++)
        {
            ModelFile damaged = File(Damaged(file, new Random(seed)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                ModelFormats.Read(damaged, ImportOptions.Default);
            }
            catch (FormatException)
            {
                refused++;
            }
            catch (Exception other)
            {
                throw new Xunit.Sdk.XunitException($"seed {seed}: {other}");
            }

            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used <= Bytes + (BytesPerByte * damaged.Bytes.Length), $"seed {seed}: {used} bytes were allocated for a file of {damaged.Bytes.Length}");
        }

        return (int)((long)refused * count / all);

        ModelFile File(byte[] bytes) => wrap is null ? new ModelFile("a test", bytes) : wrap(bytes);
    }

    private static byte[] Damaged(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = 0xff; break;
                case 3: bytes[at] = (byte)"0123456789-.[]{}\","[random.Next(18)]; break;
                case 4: bytes.RemoveRange(at, length); break;
                case 5: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
