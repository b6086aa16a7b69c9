using System.CommandLine;

namespace RnnGen.Samples.CharRnn;

/// <summary>Turns arguments into <see cref="Options"/>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Text = CommandLineProgram.Text(
        "--text", "FILE", null, "The text to learn (UTF-8); by default tinyshakespeare if it is there, otherwise the sources of RnnGen.");

    private static readonly Option<int> Epochs = CommandLineProgram.Number("--epochs", "N", 5, minimum: 1, "Passes over the training text.");

    private static readonly Option<int> Seed =
        CommandLineProgram.Number("--seed", "N", 1, minimum: 0, "The seed of the initial weights, the order of the training text and the samples.");

    private static readonly Option<int> Threads =
        CommandLineProgram.Number("--threads", "N", Math.Min(Environment.ProcessorCount, TrainingRun.BatchSize / 8), minimum: 1, "Training threads; the result does not depend on them.");

    private static readonly Option<int> Length = CommandLineProgram.Number("--length", "N", 400, minimum: 1, "Characters per sample.");

    private static readonly Option<double?> Temperature = CommandLineProgram.Real(
        "--temperature", "T", minimum: 0, "The sampling temperature: 0 takes the likeliest character, 1 samples the network's probabilities; by default 0.5, 0.8 and 1.");

    /// <inheritdoc cref="CommandLineProgram.Run"/>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Trains a generated LSTM to continue a text, character by character, and generates samples.")
        {
            Text, Epochs, Seed, Threads, Length, Temperature,
        };
        return CommandLineProgram.Run(command, arguments, output, error, parsed => run(new Options(
            parsed.GetValue(Text),
            parsed.GetValue(Epochs),
            parsed.GetValue(Seed),
            parsed.GetValue(Threads),
            parsed.GetValue(Length),
            parsed.GetValue(Temperature))));
    }
}
