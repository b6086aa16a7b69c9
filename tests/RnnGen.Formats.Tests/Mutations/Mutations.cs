using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace RnnGen.Formats.Tests;

/// <summary>
/// Damages the files of one format at random, by seeds, and reads them: only <see cref="FormatException"/> may come out, and memory and time stay within bounds.
/// The environment variable <c>RNNGEN_MUTATIONS=200000</c> makes that many for each format, divided among its files as the ordinary counts are.
/// </summary>
internal static class Mutations
{
    // A float of a file is a few floats in memory; a little file is read with tables of a fixed size. Nothing takes a tenth of the time, even on a busy machine.
    private const long BytesPerByte = 400, Bytes = 20_000_000, Seconds = 10;

    // Files say at their start or at their end what they hold.
    private const int Border = 8192;

    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : null;

    /// <summary>Reads mutations of each file.</summary>
    /// <param name="files">All of one format.</param>
    /// <param name="report">Receives a line per file.</param>
    public static void Read(IReadOnlyList<MutatedFile> files, ITestOutputHelper report)
    {
        double factor = Asked is { } asked ? Math.Max(1, asked / (double)files.Sum(file => file.Count)) : 1;
        foreach (MutatedFile file in files)
            Read(file, (int)Math.Ceiling(file.Count * factor), report);
    }

    private static void Read(MutatedFile file, int count, ITestOutputHelper report)
    {
        if (file.IsOwn)
            file.Read(file.Wrap(file.Bytes));
        int refused = 0;
        (TimeSpan Time, int Seed) slowest = default;
        (long Bytes, int Seed) largest = default;
        var total = Stopwatch.StartNew();
        for (int seed = 0; seed < count; seed++)
        {
            ModelFile damaged = file.Wrap(Damaged(file.Bytes, new Random(seed)));
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            TimeSpan startOfWork = Environment.CpuUsage.TotalTime;
            try
            {
                file.Read(damaged);
            }
            catch (FormatException refusal)
            {
                Assert.False(string.IsNullOrWhiteSpace(refusal.Message), $"{file.Name}, seed {seed}: no message");
                refused++;
            }
            catch (Exception other)
            {
                throw new Xunit.Sdk.XunitException($"{file.Name}, seed {seed}: {other}");
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            long used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used <= Bytes + (BytesPerByte * damaged.Bytes.Length), $"{file.Name}, seed {seed}: {used} bytes were allocated for a file of {damaged.Bytes.Length}");

            // A machine that stood still took time without working.
            Assert.True(time.TotalSeconds < Seconds || (Environment.CpuUsage.TotalTime - startOfWork).TotalSeconds < Seconds, $"{file.Name}, seed {seed}: {time.TotalSeconds:F1} s for a file of {damaged.Bytes.Length} bytes");
            slowest = time > slowest.Time ? (time, seed) : slowest;
            largest = used > largest.Bytes ? (used, seed) : largest;
        }

        report.WriteLine(FormattableString.Invariant(
            $"{file.Name} ({file.Bytes.Length} bytes): {count} mutations in {total.Elapsed.TotalSeconds:F1} s, {refused} refused; slowest {slowest.Time.TotalMilliseconds:F1} ms (seed {slowest.Seed}), largest {largest.Bytes} bytes (seed {largest.Seed})"));

        // Some damage is always noticed; some changes a weight, which nothing can notice.
        Assert.InRange(refused, count / 50, count);
    }

    private static byte[] Damaged(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            int at = Place(bytes.Count, random), length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = 0xff; break;
                case 3: bytes[at] = 0; break;
                case 4: bytes[at] = (byte)"0123456789-.[]{}\","[random.Next(18)]; break;
                case 5: bytes.RemoveRange(at, length); break;
                case 6: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
                default:
                    if (random.Next(4) == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static int Place(int length, Random random) => random.Next(4) switch
    {
        0 => random.Next(Math.Min(length, Border)),
        1 => length - 1 - random.Next(Math.Min(length, Border)),
        _ => random.Next(length),
    };
}
