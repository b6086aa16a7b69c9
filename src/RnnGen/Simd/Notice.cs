using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RnnGen;

/// <summary>Lines on standard error about what makes a program slow: switched off together.</summary>
internal static class Notice
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

    /// <summary>Writes a line.</summary>
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
                // The console's own stream looks for the terminal's encoding, and with it for a culture, which ends a program where .NET finds no ICU library.
                using var errors = new SafeFileHandle(StandardError, ownsHandle: false);
                RandomAccess.Write(errors, line, 0);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Who has closed standard error reads nothing from it; the network is made all the same.
        }
    }
}
