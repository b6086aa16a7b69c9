namespace RnnGen.Samples.VoiceActivity;

/// <summary>Finds speech in a recording with Silero's network.</summary>
internal static class Program
{
    /// <returns>0, or 1 after one line on the error output.</returns>
    public static int Main(string[] arguments) => Run(arguments, Displays.OfConsole(), Console.Out, Console.Error);

    /// <summary>The program with outputs of the caller's choice.</summary>
    public static int Run(string[] arguments, IDisplay display, TextWriter output, TextWriter error) =>
        CommandLine.Run(arguments, output, error, options => new DetectionRun(options, display, ModelFile.StandardPath).Run());
}
