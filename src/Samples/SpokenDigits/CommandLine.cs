using System.CommandLine;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>Turns arguments into <see cref="Options"/>.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Epochs = CommandLineProgram.Number("--epochs", "N", 20, minimum: 1, "Passes over the training set.");

    private static readonly Option<int> Seed =
        CommandLineProgram.Number("--seed", "N", 1, minimum: 0, "The seed of the initial weights and the order of the training set.");

    private static readonly Option<int> Batch = CommandLineProgram.Number("--batch", "N", 32, minimum: 1, "Utterances per update.");

    private static readonly Option<string> Out = CommandLineProgram.Text(
        "--out", "DIR", Path.Combine("artifacts", "spoken-digits"), "The folder where weights and plots are written, and read for --listen.");

    private static readonly Option<string> Listen =
        CommandLineProgram.Text("--listen", "FILE.wav", null, "Recognise one recording (8000 Hz, mono) with saved weights instead of training.");

    /// <inheritdoc cref="CommandLineProgram.Run"/>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Trains a generated LSTM to recognise spoken digits, then recognises recordings one frame at a time.")
        {
            Epochs, Seed, Batch, Out, Listen,
        };
        return CommandLineProgram.Run(command, arguments, output, error, parsed => run(new Options(
            parsed.GetValue(Epochs),
            parsed.GetValue(Seed),
            parsed.GetValue(Batch),
            parsed.GetValue(Out)!,
            parsed.GetValue(Listen))));
    }
}
