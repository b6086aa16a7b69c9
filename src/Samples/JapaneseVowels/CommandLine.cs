using System.CommandLine;

namespace RnnGen.Samples.JapaneseVowels;

/// <summary>Turns arguments into <see cref="Options"/>.</summary>
internal static class CommandLine
{
    private static readonly Option<string> Data =
        CommandLineProgram.Text("--data", "FOLDER", DataSet.StandardFolder, "The folder with JapaneseVowels_TRAIN.ts and JapaneseVowels_TEST.ts.");

    private static readonly Option<int> Seed =
        CommandLineProgram.Number("--seed", "N", 1, minimum: 0, "The seed of the initial weights, noise, dropout and the order of the training set.");

    private static readonly Option<int> Epochs =
        CommandLineProgram.Number("--epochs", "N", 10, minimum: 1, "Passes over ten noisy copies of the training set.");

    /// <inheritdoc cref="CommandLineProgram.Run"/>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Trains generated bidirectional GRUs to identify nine speakers from one vowel.") { Data, Seed, Epochs };
        return CommandLineProgram.Run(command, arguments, output, error, parsed => run(new Options(
            parsed.GetValue(Data)!,
            parsed.GetValue(Seed),
            parsed.GetValue(Epochs))));
    }
}
