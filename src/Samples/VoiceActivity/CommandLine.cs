using System.CommandLine;

namespace RnnGen.Samples.VoiceActivity;

/// <summary>Turns arguments into <see cref="Options"/>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Model = CommandLineProgram.Text("--model", "FILE.onnx", null, $"Silero VAD for 16 kHz; otherwise {ModelFile.StandardPath}.");

    private static readonly Option<string> Input = CommandLineProgram.Text(
        "--input", "FILE.wav", null, "A recording (16000 Hz, one channel); by default the test.wav beside the model.");

    private static readonly Option<string> Out = CommandLineProgram.Text("--out", "DIR", Path.Combine("artifacts", "voice-activity"), "The folder where the plot is written.");

    /// <inheritdoc cref="CommandLineProgram.Run"/>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Finds speech in a recording with Silero's network, whose weights it reads from the ONNX file.") { Model, Input, Out };
        return CommandLineProgram.Run(command, arguments, output, error, parsed => run(new Options(
            parsed.GetValue(Model),
            parsed.GetValue(Input),
            parsed.GetValue(Out)!)));
    }
}
