using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace RnnGen.Cli.Onnx;

/// <summary>
/// Finds ONNX Runtime's native library. The tool does not contain it, because it is many times as large as the tool: it is taken from the path that the user sets, from
/// the loader's path, or from the cache of NuGet packages.
/// </summary>
internal static class OnnxRuntimeLibrary
{
    /// <summary>The environment variable that names the library's file.</summary>
    public const string Variable = "RNNGEN_ONNXRUNTIME";

    private const string Library = "onnxruntime", Package = "microsoft.ml.onnxruntime";

    private static readonly Assembly Managed = typeof(InferenceSession).Assembly;
    private static readonly Lazy<string> Found = new(Find);

    private delegate IntPtr ApiBase();

    private delegate IntPtr VersionString();

    /// <summary>The oldest version that can be used: that of the managed part.</summary>
    private static Version Oldest => Managed.GetName().Version!;

    /// <summary>Its version, when it is ready for use.</summary>
    /// <exception cref="NotSupportedException">No usable library was found; the message says how to get one.</exception>
    public static string Version => Found.Value;

    private static string Find()
    {
        string problem = $"its native library was not found; set {Variable} to the library's path, or restore version {Oldest.ToString(3)} of the NuGet package Microsoft.ML.OnnxRuntime";
        foreach (Func<IntPtr> load in Candidates())
        {
            IntPtr handle = load();
            if (handle == 0)
                continue;
            string version = VersionOf(handle);
            if (System.Version.TryParse(version, out Version? found) && found >= new Version(Oldest.Major, Oldest.Minor))
            {
                Use(handle);
                return version;
            }

            problem = $"its native library has version {version}, expected {Oldest.ToString(2)} or later; set {Variable} to the path of such a library";
        }

        throw new NotSupportedException(problem);
    }

    /// <summary>Ways to load a library, each of which returns 0 if there is none. If the user names one, it is the only way.</summary>
    private static IEnumerable<Func<IntPtr>> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return [() => NativeLibrary.TryLoad(named, out IntPtr handle) ? handle : throw new NotSupportedException($"{Variable} is \"{named}\", which cannot be loaded as a library")];
        return [() => NativeLibrary.TryLoad(Library, Managed, null, out IntPtr handle) ? handle : 0, .. Restored().Select<string, Func<IntPtr>>(path => () => NativeLibrary.TryLoad(path, out IntPtr handle) ? handle : 0)];
    }

    /// <summary>The libraries in the cache of packages, the newest first.</summary>
    private static IEnumerable<string> Restored()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = new DirectoryInfo(Path.Combine(packages, Package));
        (string system, string file) = OperatingSystem.IsWindows() ? ("win", $"{Library}.dll") : OperatingSystem.IsMacOS() ? ("osx", $"lib{Library}.dylib") : ("linux", $"lib{Library}.so");
        string platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        return !folder.Exists ? [] : folder.EnumerateDirectories()
            .Select(version => (Version: System.Version.TryParse(version.Name, out Version? number) ? number : null, Path: Path.Combine(version.FullName, "runtimes", platform, "native", file)))
            .Where(library => library.Version is not null && File.Exists(library.Path))
            .OrderByDescending(library => library.Version)
            .Select(library => library.Path);
    }

    /// <summary>The library's version, from the two functions whose signature never changes.</summary>
    private static string VersionOf(IntPtr library)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out IntPtr function))
            return "unknown";
        IntPtr functions = Marshal.GetDelegateForFunctionPointer<ApiBase>(function)();
        return Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<VersionString>(Marshal.ReadIntPtr(functions, IntPtr.Size))()) ?? "unknown";
    }

    private static void Use(IntPtr library)
    {
        OrtEnv.DisableDllImportResolver = true;
        try
        {
            NativeLibrary.SetDllImportResolver(Managed, (name, _, _) => name.Contains(Library, StringComparison.OrdinalIgnoreCase) && !name.Contains("extensions", StringComparison.OrdinalIgnoreCase) ? library : 0);
        }
        catch (InvalidOperationException)
        {
            // Another part of this process already uses ONNX Runtime, and found it in its own way.
        }
    }
}
