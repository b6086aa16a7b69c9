using System.CommandLine;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>Turns arguments into <see cref="Options"/>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Model = CommandLineProgram.Text(
        "--model", "FILE", null, "Play through this model (Neural Amp Modeler, GuitarML) instead of training one.");

    private static readonly Option<string> Input = CommandLineProgram.Text(
        "--input", "FILE.wav", null, "Play this recording (one channel) instead of a synthesised riff.");

    private static readonly Option<int> Epochs = CommandLineProgram.Number("--epochs", "N", 60, minimum: 1, "Passes over the training signal.");

    private static readonly Option<int> Seed = CommandLineProgram.Number("--seed", "N", 1, minimum: 0, "The seed of the initial weights, the signals and their order.");

    private static readonly Option<string> Out = CommandLineProgram.Text(
        "--out", "DIR", Path.Combine("artifacts", "guitar-amp"), "The folder where recordings, weights and the plot are written.");

    /// <inheritdoc cref="CommandLineProgram.Run"/>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Trains a generated LSTM to sound like a guitar amplifier, and plays through it in blocks of 64 samples.")
        {
            Model, Input, Epochs, Seed, Out,
        };
        return CommandLineProgram.Run(command, arguments, output, error, parsed => run(new Options(
            parsed.GetValue(Model),
            parsed.GetValue(Input),
            parsed.GetValue(Epochs),
            parsed.GetValue(Seed),
            parsed.GetValue(Out)!)));
    }
}
