using System.CommandLine;
using System.Globalization;

namespace RnnGen.Samples.SpokenDigits;

/// <summary>Turns arguments into <see cref="Options"/>, and whatever goes wrong into one line and exit code 1.</summary>
internal static class CommandLine
{
    private static readonly Option<int> Epochs = Number("--epochs", "N", 20, minimum: 1, "Passes over the training set.");
    private static readonly Option<int> Seed = Number("--seed", "N", 1, minimum: 0, "Of the initial weights and the order of the training set.");
    private static readonly Option<int> Batch = Number("--batch", "N", 32, minimum: 1, "Utterances an update.");

    private static readonly Option<string> Out =
        Text("--out", "DIR", Path.Combine("artifacts", "spoken-digits"), "Where weights and plots are written, and read for --listen.");

    private static readonly Option<string> Listen =
        Text("--listen", "FILE.wav", null, "Recognise one recording (8000 Hz, mono) with saved weights instead of training.");

    /// <summary>Parses the arguments and runs the program, or prints the help or what is wrong.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the help.</param>
    /// <param name="error">Receives one line when something is wrong.</param>
    /// <param name="run">The program.</param>
    /// <returns>The exit code: 0, or 1 when something is wrong.</returns>
    public static int Run(string[] arguments, TextWriter output, TextWriter error, Action<Options> run)
    {
        var command = new RootCommand("Trains a generated LSTM to recognise spoken digits, then recognises recordings one frame at a time.")
        {
            Epochs, Seed, Batch, Out, Listen,
        };
        command.SetAction(parsed =>
        {
            run(new Options(
                parsed.GetValue(Epochs),
                parsed.GetValue(Seed),
                parsed.GetValue(Batch),
                parsed.GetValue(Out)!,
                parsed.GetValue(Listen)));
            return 0;
        });

        try
        {
            ParseResult parsed = command.Parse(arguments);
            if (parsed.Errors.Count > 0)
                return Fail(error, parsed.Errors[0].Message);

            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            return Fail(error, exception.Message);
        }
    }

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine(message.ReplaceLineEndings(" "));
        return 1;
    }

    private static Option<int> Number(string name, string valueName, int standard, int minimum, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        DefaultValueFactory = _ => standard,
        CustomParser = result =>
        {
            string token = result.Tokens[0].Value;
            if (int.TryParse(token, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= minimum)
                return number;

            result.AddError($"{name}: expected an integer from {minimum} to {int.MaxValue}, got '{token}'");
            return standard;
        },
    };

    private static Option<string> Text(string name, string valueName, string? standard, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = valueName };
        if (standard is not null)
            option.DefaultValueFactory = _ => standard;
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var token }] && string.IsNullOrWhiteSpace(token))
                result.AddError($"{name}: expected {valueName}, got an empty text");
        });
        return option;
    }
}
