using System.Runtime.InteropServices;

namespace RnnGen.Generator.Tests.Native;

/// <summary>
/// The loader picks the best library that is there and that the CPU runs: on CPUs that QEMU shows, with libraries that only tell their level.
/// </summary>
public sealed class LoaderTests : IDisposable
{
    private const string Program = """
        #include <stdio.h>
        #include "net.h"

        int main(void)
        {
            char text[300];
            net *network = (net *)text;
            int code = net_create_from_file("file", &network);
            size_t needed = net_last_error(text, sizeof text);
            printf("%d %d %lu %s %d\n", code, (int)net_input_size(), (unsigned long)needed, text, network == NULL);
            return 0;
        }
        """;

    private const string Opener = """
        #include <dlfcn.h>
        #include <stddef.h>
        #include <stdio.h>
        #include <unistd.h>

        int main(int count, char **arguments)
        {
            void *library = dlopen(arguments[count - 1], RTLD_NOW);
            if (library == NULL || chdir("/") != 0)
                return 1;
            printf("%d", (int)((size_t (*)(void))dlsym(library, "net_input_size"))());
            return 0;
        }
        """;

    // Its code is its level, as is what it says its input size were.
    private const string Library = """
        #include <string.h>
        #include "net.h"
        int net_create_from_memory(const void *safetensors, size_t bytes, net **network) { return safetensors && bytes && network ? LEVEL : 0; }
        int net_create_from_file(const char *path, net **network) { *network = (net *)path; return LEVEL; }
        int net_destroy(net *network) { return network ? LEVEL : 0; }
        int net_run(net *network, const float *input, size_t input_length, float *output, size_t output_length)
        { return network && input && input_length && output && output_length ? LEVEL : 0; }
        int net_reset(net *network) { return network ? LEVEL : 0; }
        int net_get_state(net *network, float *state, size_t state_length) { return network && state && state_length ? LEVEL : 0; }
        int net_set_state(net *network, const float *state, size_t state_length) { return network && state && state_length ? LEVEL : 0; }
        size_t net_input_size(void) { return LEVEL; }
        size_t net_output_size(void) { return LEVEL; }
        size_t net_state_size(void) { return LEVEL; }
        size_t net_last_error(char *buffer, size_t capacity) { strncpy(buffer, "fine", capacity); return 5; }
        #ifndef LACKING
        int net_step(net *network, const float *input, size_t input_length, float *output, size_t output_length)
        { return net_run(network, input, input_length, output, output_length); }
        #endif
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rnngen-loader-");

    private string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    [SkippableTheory]
    [InlineData("Nehalem", "2 2 5 fine 0")]
    [InlineData("IvyBridge", "2 2 5 fine 0")]
    [InlineData("Haswell", "3 3 5 fine 0")]
    public void The_best_library_that_a_CPU_runs_is_loaded(string cpu, string expected)
    {
        Build();
        AddLibraries(2, 3, 4);

        Assert.Equal(expected, Run(cpu));
    }

    [SkippableFact]
    public void On_this_machine_it_is_the_level_that_dotnet_sees()
    {
        Build();
        AddLibraries(2, 3, 4);
        // Of CPUs that slow down for 512-bit vectors both say 3.
        bool hasV4 = System.Runtime.Intrinsics.X86.Avx512F.VL.IsSupported && System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated;
        int level = hasV4 ? 4 : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? 3 : 2;

        Assert.Equal($"{level} {level} 5 fine 0", Run());
    }

    [SkippableTheory]
    [InlineData("Haswell", "2 2 5 fine 0", 2, 4)]
    [InlineData("Haswell", "3 3 5 fine 0", 3)]
    public void Levels_that_are_not_there_are_skipped(string cpu, string expected, params int[] levels)
    {
        Build();
        AddLibraries(levels);

        Assert.Equal(expected, Run(cpu));
    }

    [SkippableFact]
    public void A_library_that_does_not_load_or_lacks_a_function_is_skipped()
    {
        Build();
        AddLibraries(2);
        AddLibrary(4, "-DLACKING");
        File.WriteAllText(Path.Combine(Folder, "net.x86-64-v3.so"), "no library");

        Assert.Equal("2 2 5 fine 0", Run());
    }

    [SkippableFact]
    public void Without_a_library_every_function_says_so()
    {
        Build();

        string[] words = Run("Nehalem").Split(' ', 4);
        Assert.Equal(["11", "0"], words[..2]);
        Assert.Equal($"expected {Folder}/net.x86-64-v2.so or one of a higher level up to this CPU's, v2, found no such file 1", words[3]);
        Assert.Equal(words[3].Length - " 1".Length + 1, int.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableFact]
    public void What_the_system_says_of_a_library_that_does_not_load_is_told()
    {
        Build();
        File.WriteAllText(Path.Combine(Folder, "net.x86-64-v2.so"), "no library");

        Assert.Matches("^11 0 [0-9]+ .*net\\.x86-64-v2\\.so.* 1$", Run());
    }

    [SkippableFact]
    public void A_CPU_below_all_levels_is_told()
    {
        Build();
        AddLibraries(2, 3, 4);

        Assert.Equal("11 0 88 the libraries of net need a CPU of level x86-64-v2 (SSE4.2, POPCNT) or later, this one is older 1", Run("Conroe"));
    }

    [SkippableFact]
    public void Loaded_by_a_relative_path_it_finds_its_neighbours_from_another_folder()
    {
        Build();
        AddLibraries(2);
        Assert.Equal("2", Open("./net.so"));
    }

    [SkippableFact]
    public void A_link_from_another_folder_finds_the_neighbours_of_the_file()
    {
        Build();
        AddLibraries(2);
        Directory.CreateDirectory(Path.Combine(Folder, "other"));
        File.CreateSymbolicLink(Path.Combine(Folder, "other", "link.so"), Path.Combine(Folder, "net.so"));

        Assert.Equal("2", Open("other/link.so"));
    }

    [SkippableFact]
    public void In_a_program_it_is_the_folder_of_the_program_and_not_the_current_one()
    {
        Build();
        Tool.Run(Folder, "gcc", "program.c", "net.loader.c", "-o", "program", "-ldl", "-lpthread");
        Tool.Run(Folder, "gcc", "-shared", "-fPIC", "-DLEVEL=2", "library.c", "-o", "program.x86-64-v2.so");
        string elsewhere = Directory.CreateDirectory(Path.Combine(Folder, "elsewhere")).FullName;
        Tool.Run(Folder, "gcc", "-shared", "-fPIC", "-DLEVEL=9", "library.c", "-o", "elsewhere/program.x86-64-v2.so");

        // As a shell does that finds the program on the PATH: its name has no folder.
        Tool.Require("bash");
        Assert.Equal("2 2 5 fine 0\n", Tool.Run(elsewhere, "bash", "-c", $"exec -a program '{Folder}/program'"));
        Assert.Equal("2 2 5 fine 0\n", Tool.Run(elsewhere, "bash", "-c", $"exec -a ./program '{Folder}/program'"));
    }

    [SkippableFact]
    public void A_copy_of_another_name_finds_its_own_neighbours()
    {
        Build("libother.so.1");
        Tool.Run(Folder, "gcc", "-shared", "-fPIC", "-DLEVEL=2", "library.c", "-o", "libother.x86-64-v2.so");

        Assert.Equal("2 2 5 fine 0", Run());
    }

    /// <summary>The loader and a program that is linked to it.</summary>
    private void Build(string loader = "net.so")
    {
        Skip.IfNot(OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64, "the loader is for x86-64 and ELF");
        Tool.Require("gcc");
        NativeFiles.WriteTo(Folder, NativeFiles.Of("[Network(3)] [Dense(2)]"));
        File.WriteAllText(Path.Combine(Folder, "library.c"), Library);
        File.WriteAllText(Path.Combine(Folder, "program.c"), Program);
        Tool.Run(Folder, "gcc", "-std=c99", "-O2", "-fPIC", "-shared", "-o", loader, "net.loader.c", "-ldl", "-lpthread");
        Tool.Run(Folder, "gcc", "-std=c89", "-Wall", "-Wextra", "-Werror", "program.c", "-o", "program", Path.Combine(Folder, loader));
    }

    /// <summary>What the loader says its input size were, in a program that opens it by a path and goes elsewhere before it calls.</summary>
    private string Open(string path)
    {
        File.WriteAllText(Path.Combine(Folder, "open.c"), Opener);
        Tool.Run(Folder, "gcc", "open.c", "-o", "open", "-ldl");
        return Tool.Run(Folder, Path.Combine(Folder, "open"), path);
    }

    private void AddLibraries(params int[] levels)
    {
        foreach (int level in levels)
            AddLibrary(level);
    }

    private void AddLibrary(int level, params string[] options) =>
        Tool.Run(Folder, "gcc", ["-shared", "-fPIC", $"-DLEVEL={level}", .. options, "library.c", "-o", $"net.x86-64-v{level}.so"]);

    /// <summary>What the program says, on this CPU or on another.</summary>
    private string Run(string? cpu = null)
    {
        string program = Path.Combine(Folder, "program");
        if (cpu == "Haswell")
            Emulator.RequireAvx2();
        return (cpu is null ? Tool.Run(Folder, program) : Tool.Run(Folder, "qemu-x86_64", "-cpu", cpu, program)).TrimEnd('\n');
    }
}
