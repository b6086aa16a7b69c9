namespace RnnGen.Generator.Tests.Native;

/// <summary>What QEMU's emulation of other CPUs has: before version 7.2 no AVX, whatever the CPU's name is.</summary>
internal static class Emulator
{
    private const string Probe = """
        #include <stdio.h>

        int main(void)
        {
            __builtin_cpu_init();
            puts(__builtin_cpu_supports("avx2") ? "yes" : "no");
            return 0;
        }
        """;

    private static readonly Lazy<bool> Avx2 = new(FindAvx2);

    /// <summary>Skips the test where the emulated Haswell has no AVX2.</summary>
    public static void RequireAvx2() => Skip.IfNot(Avx2.Value, "this qemu-x86_64 emulates no AVX2 (before version 7.2)");

    private static bool FindAvx2()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-qemu-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "probe.c"), Probe);
            Tool.Run(folder.FullName, "gcc", "probe.c", "-o", "probe");
            return Tool.Run(folder.FullName, "qemu-x86_64", "-cpu", "Haswell", Path.Combine(folder.FullName, "probe")) == "yes\n";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
