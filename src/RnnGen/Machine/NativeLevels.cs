using System.Reflection;
using System.Runtime.InteropServices;

namespace RnnGen;

/// <summary>
/// Loads a network that was published as native libraries, one for each level of x86-64 (<c>RnnGenTargets</c>): the best that lies in a folder and that the CPU
/// can run. On other CPUs, for which there is one library only, that one.
/// </summary>
public static class NativeLevels
{
    /// <summary>Lets every <c>DllImport</c> and <c>LibraryImport</c> of a library in an assembly find its best level.</summary>
    /// <param name="assembly">The assembly whose imports are meant. It can have one resolver only.</param>
    /// <param name="library">The library's name as the imports and the files have it, without level and extension: <c>digits</c>.</param>
    /// <param name="folder">Where the libraries lie; beside the program by default.</param>
    /// <exception cref="ArgumentException"><paramref name="library"/> or <paramref name="folder"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The assembly has a resolver already.</exception>
    public static void Use(Assembly assembly, string library, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentException.ThrowIfNullOrEmpty(library);
        string place = folder ?? AppContext.BaseDirectory;
        ArgumentException.ThrowIfNullOrEmpty(place, nameof(folder));
        NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == library ? Load(place, library) : 0);
    }

    /// <summary>Loads the best level of a library. It stays loaded until the process ends: a native library of .NET cannot be unloaded.</summary>
    /// <param name="folder">Where the libraries lie.</param>
    /// <param name="library">Their name without level and extension.</param>
    /// <returns>The handle, for <see cref="NativeLibrary.GetExport"/>.</returns>
    /// <exception cref="ArgumentException">An argument is empty.</exception>
    /// <exception cref="DllNotFoundException">The folder holds none that the CPU can run.</exception>
    public static nint Load(string folder, string library) => NativeLibrary.Load(Find(folder, library));

    /// <summary>The path of the library that <see cref="Load"/> loads.</summary>
    /// <param name="folder">Where the libraries lie.</param>
    /// <param name="library">Their name without level and extension.</param>
    /// <exception cref="ArgumentException">An argument is empty.</exception>
    /// <exception cref="DllNotFoundException">The folder holds none that the CPU can run.</exception>
    public static string Find(string folder, string library) => Find(folder, library, RuntimeInformation.ProcessArchitecture, Cpu.Read());

    internal static string Find(string folder, string library, Architecture architecture, Cpu cpu)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(library);
        string[] names = [.. Levels(architecture, cpu).Select(level => library + level + Extension)];
        return names.Select(name => Path.GetFullPath(Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new DllNotFoundException(
                $"native library {library}: '{Path.GetFullPath(folder)}' holds none that this CPU can run, expected one of {string.Join(", ", names)}");
    }

    /// <summary>What stands between name and extension, best first.</summary>
    private static IEnumerable<string> Levels(Architecture architecture, Cpu cpu)
    {
        if (architecture != Architecture.X64)
        {
            yield return "";
            yield break;
        }

        // As the JIT does, 512-bit vectors are left to CPUs that do not slow down for them.
        if (cpu.Best == InstructionSet.Avx512)
            yield return ".x86-64-v4";
        if (cpu.HasLevel3)
            yield return ".x86-64-v3";
        yield return ".x86-64-v2"; // .NET itself needs as much
    }

    private static string Extension => OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
}
