using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks.Peers;

/// <summary>
/// Makes TorchSharp's native library loadable on systems of before GCC 13. It asks for GLIBCXX_3.4.32 through one marker symbol that nothing calls
/// (<c>_ZSt21ios_base_library_initv</c>), and the loader of Debian 12, which has 3.4.30, refuses it for that.
/// </summary>
internal static class TorchLibrary
{
    private const string Version = "GLIBCXX_3.4.32";

    /// <summary>Where the loader refuses the copy beside this program for that version, and only there, marks the requirement as weak in the copy.</summary>
    public static void Prepare()
    {
        // A published program has it beside itself.
        string[] folders = [Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native"), ""];
        string? copy = folders.Select(folder => Path.Combine(AppContext.BaseDirectory, folder, "libLibTorchSharp.so")).FirstOrDefault(File.Exists);
        if (!OperatingSystem.IsLinux() || copy is null)
            return;
        try
        {
            NativeLibrary.Load(copy); // And not freed: TorchSharp needs it anyway.
        }
        catch (DllNotFoundException failure) when (failure.Message.Contains(Version, StringComparison.Ordinal))
        {
            byte[] library = File.ReadAllBytes(copy);
            ElfVersions.Weaken(library, Version);
            string written = copy + ".new";
            File.WriteAllBytes(written, library);
            File.Move(written, copy, overwrite: true); // A new file: the copy may be a link into the cache of packages.
        }
    }
}
