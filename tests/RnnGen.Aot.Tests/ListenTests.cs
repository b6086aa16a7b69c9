using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using RnnGen.Samples.SpokenDigits;

namespace RnnGen.Aot.Tests;

/// <summary>The embedded sample as its users get it.</summary>
[Collection(AotCollection.Programs)]
public sealed class ListenTests
{
    private const int Mebibyte = 1 << 20;

    private static Publication Program => Publication.Of("src/Samples/Embedded/Listen/Listen.csproj", "-p:TreatWarningsAsErrors=true").Succeeded();

    [SkippableFact]
    public void It_is_one_small_file_and_was_published_without_a_warning()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        Publication publication = Program;
        Assert.DoesNotContain("warning ", publication.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(publication["listen"]).Length, 1, 2 * Mebibyte);
        string[] others = [".dbg", ".pdb", ".xml"];
        Assert.Equal(["listen"], Directory.GetFiles(publication.Folder).Where(file => !others.Contains(Path.GetExtension(file))).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void It_hears_digits_in_raw_samples_and_in_files()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        Recording seven = Corpus.Test().First(recording => recording.Digit == 7), two = Corpus.Test().First(recording => recording.Digit == 2);
        byte[] raw = Pcm([.. seven.Samples, .. new float[4000], .. two.Samples]);
        byte[] format = [1, 0, 1, 0, .. UInt32(8000), .. UInt32(16000), 2, 0, 16, 0];
        byte[] head = [.. "RIFF"u8, .. UInt32(0), .. "WAVEfmt "u8, .. UInt32(16), .. format, .. "data"u8, .. UInt32(0)];

        string fromRaw = Listen(raw).Succeeded().Output;
        Assert.Equal(fromRaw, Listen([.. head, .. raw]).Succeeded().Output);
        string[] lines = fromRaw.TrimEnd('\n').Split('\n');
        Assert.StartsWith("   50 ms  ", lines[0], StringComparison.Ordinal);
        Assert.Equal(['7', '2'], lines.Where(line => !line.Contains("ms", StringComparison.Ordinal)).Select(line => line[0]));
    }

    [SkippableFact]
    public void Wrong_input_is_one_line_and_a_code()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        Execution run = Listen([.. "RIFF"u8, .. UInt32(0), .. "WAVE"u8]);
        Assert.Equal((1, "", "standard input: no fmt chunk\n"), (run.ExitCode, run.Output, run.Errors));
    }

    /// <summary>Looked at while it waits for more: the targets of the sample, with what the runtime brings along.</summary>
    [SkippableFact]
    public void It_is_content_with_little_memory_and_starts_no_thread()
    {
        Skip.If(RnnGen.Simd.Best < InstructionSet.Avx2, "this CPU has no AVX2");
        const string HugePages = "/sys/kernel/mm/transparent_hugepage/enabled";
        bool isHuge = File.Exists(HugePages) && File.ReadAllText(HugePages).Contains("[always]", StringComparison.Ordinal);
        Skip.If(isHuge, "this system gives memory in pages of 2 MiB");
        var start = new ProcessStartInfo(Program["listen"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.BaseStream.Write(Pcm([.. Corpus.Test()[0].Samples, .. new float[4000]]));
            process.StandardInput.BaseStream.Flush();
            while (process.StandardOutput.ReadLine() is { } line && line.Contains("ms", StringComparison.Ordinal))
            {
            }

            var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
            Assert.InRange(Number("Threads"), 1, 2); // The second is the runtime's finalizer, and sleeps.
            Skip.If(!status.ContainsKey("VmHWM"), "the system does not tell a process's peak memory");
            Assert.InRange(Number("VmHWM"), 1, 8 * 1024);

            int Number(string name) => int.Parse(status[name].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
        }
        finally
        {
            process.Kill();
        }
    }

    private static Execution Listen(byte[] input) => Execution.RunWithInput(Program["listen"], input);

    private static byte[] Pcm(float[] samples)
    {
        var bytes = new byte[2 * samples.Length];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)(samples[i] * 32768));
        return bytes;
    }

    private static byte[] UInt32(uint value) => BitConverter.GetBytes(value);
}
