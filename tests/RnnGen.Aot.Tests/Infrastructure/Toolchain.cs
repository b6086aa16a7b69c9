using System.Runtime.InteropServices;

namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The tools that tests need beside .NET: each a path, or a skipped test that says what is absent.</summary>
internal static class Toolchain
{
    private static readonly Lazy<bool> EmulatesAvx2 = new(FindAvx2);
    private static readonly Lazy<bool> LinksForArm = new(CanLinkForArm);

    /// <summary>The C compiler that NativeAOT links with. Skips the test where there is none, or where this is no Linux on x64.</summary>
    public static string CCompiler
    {
        get
        {
            Skip.IfNot(
                OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
                "these tests publish for Linux on x64, on such a machine");
            return Find("clang") ?? Need("gcc", "C compiler");
        }
    }

    /// <summary>Runs programs of x86-64 as another CPU would.</summary>
    public static string Qemu => Need("qemu-x86_64", "emulator of other x86-64 CPUs (Debian: qemu-user)");

    /// <summary>The arguments of publishing for ARM64 with gcc's compiler for it.</summary>
    public static string[] ForArm =>
    [
        "-r", "linux-arm64", $"-p:CppCompilerAndLinker={ArmCompiler}",
        $"-p:ObjCopyName={Path.GetDirectoryName(ArmCompiler)}/aarch64-linux-gnu-objcopy",
    ];

    private static string ArmCompiler
    {
        get
        {
            string compiler = Need("aarch64-linux-gnu-gcc", "C compiler for ARM64 (Debian: gcc-aarch64-linux-gnu)");
            Skip.IfNot(LinksForArm.Value, "aarch64-linux-gnu-gcc links no program: its C library is absent (Debian: libc6-dev-arm64-cross)");
            return compiler;
        }
    }

    private static string QemuArm => Need("qemu-aarch64", "emulator of ARM64 (Debian: qemu-user)");

    /// <summary>Finds uses of memory that is not a program's own, and leaks.</summary>
    public static string Valgrind => Need("valgrind", "valgrind");

    /// <summary>Compiles C files to a program.</summary>
    /// <param name="folder">Where the compiler runs.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void Compile(string folder, params string[] arguments) => Execution.Run(CCompiler, arguments, folder).Succeeded();

    /// <summary>Runs a program of x86-64 as a CPU would.</summary>
    /// <param name="cpu">QEMU's name of the CPU.</param>
    /// <param name="program">The program's path.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Execution RunAs(string cpu, string program, params string[] arguments)
    {
        string emulator = Qemu;
        Skip.If(cpu == "Haswell" && !EmulatesAvx2.Value, "this qemu-x86_64 emulates no AVX2 (before version 7.2)");
        return Execution.Run(emulator, ["-cpu", cpu, program, .. arguments]);
    }

    /// <summary>Runs a program of ARM64.</summary>
    /// <param name="program">The program's path.</param>
    public static Execution RunOnArm(string program) => Execution.Run(QemuArm, ["-L", "/usr/aarch64-linux-gnu", program]);

    // Before version 7.2 there is no AVX, whatever the CPU's name is.
    private static bool FindAvx2()
    {
        string folder = TemporaryFolder.New("probe");
        File.WriteAllText(
            Path.Combine(folder, "probe.c"), "int main(void) { __builtin_cpu_init(); return __builtin_cpu_supports(\"avx2\") ? 0 : 1; }\n");
        Compile(folder, "probe.c", "-o", "probe");
        return Execution.Run(Qemu, ["-cpu", "Haswell", Path.Combine(folder, "probe")]).ExitCode == 0;
    }

    private static bool CanLinkForArm()
    {
        string folder = TemporaryFolder.New("probe");
        File.WriteAllText(Path.Combine(folder, "probe.c"), "#include <stdio.h>\nint main(void) { return puts(\"\") == 0; }\n");
        return Execution.Run(Find("aarch64-linux-gnu-gcc")!, ["probe.c", "-o", "probe"], folder).ExitCode == 0;
    }

    private static string Need(string name, string what)
    {
        string? path = Find(name);
        Skip.If(path is null, $"no {name} on the PATH: {what}");
        return path!;
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
