using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Runtime;

/// <summary>Lines on standard error about what makes a program slow: switched off together.</summary>
internal static unsafe class Notice
{
    /// <summary>The environment variable that, set to 0, switches them off.</summary>
    public const string Variable = "RNNGEN_NOTICE";

    private const string Switch = "RnnGen.Simd.Notice";
    private const int StandardError = 2;

    /// <summary>Whether the program wants them: the switch of its runtime configuration, which NativeAOT folds.</summary>
    [FeatureSwitchDefinition(Switch)]
    public static bool IsWanted => !AppContext.TryGetSwitch(Switch, out bool isWanted) || isWanted;

    /// <summary>Whether the environment wants them.</summary>
    public static bool IsWantedHere => Environment.GetEnvironmentVariable(Variable) != "0";

    /// <summary>Writes a line. Where standard error is closed nothing reads it, and nothing is thrown.</summary>
    /// <param name="text">The line without its end.</param>
    public static void Write(string text)
    {
        byte[] line = Encoding.UTF8.GetBytes(text + Environment.NewLine);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                using Stream errors = Console.OpenStandardError();
                errors.Write(line);
            }
            else
            {
                // The console's stream asks for the terminal's encoding, an import of a library for the ways to write its name, and both so for a culture,
                // which ends a program where .NET finds no ICU library; a file's stream leaves the position of a redirected standard error where it was.
                nint write = NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "write");
                fixed (byte* bytes = line)
                    _ = ((delegate* unmanaged<int, byte*, nuint, nint>)write)(StandardError, bytes, (nuint)line.Length);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or EntryPointNotFoundException)
        {
            // The network is made anyway.
        }
    }
}
