using Spectre.Console;

namespace RnnGen.Samples;

/// <summary>Chooses a display.</summary>
internal static class Displays
{
    /// <summary>That of the console: live if it is a terminal.</summary>
    public static IDisplay OfConsole()
    {
        bool isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive;
        return isTerminal ? new TerminalDisplay(AnsiConsole.Console) : new PlainDisplay(Console.Out);
    }
}
