using System.CommandLine;
using System.Globalization;

namespace RnnGen.Samples;

/// <summary>The command line of the samples: any failure is one line and exit code 1.</summary>
internal static class CommandLineProgram
{
    /// <summary>Parses the arguments and runs the program, or prints the help or an error.</summary>
    /// <param name="command">What the program is and its options.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Receives the help.</param>
    /// <param name="error">Receives one line when something is wrong.</param>
    /// <param name="run">The program.</param>
    /// <returns>The exit code: 0, or 1 when something is wrong.</returns>
    public static int Run(RootCommand command, string[] arguments, TextWriter output, TextWriter error, Action<ParseResult> run)
    {
        command.SetAction(parsed =>
        {
            run(parsed);
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

    /// <summary>An option that is a whole number.</summary>
    public static Option<int> Number(string name, string valueName, int standard, int minimum, string description) => new(name)
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

    /// <summary>An option that is a number; null where it is not given.</summary>
    public static Option<double?> Real(string name, string valueName, double minimum, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        CustomParser = result =>
        {
            string token = result.Tokens[0].Value;
            if (double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= minimum && double.IsFinite(number))
                return number;

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a number from {minimum}, got '{token}'"));
            return null;
        },
    };

    /// <summary>An option that is a text, which may not be empty.</summary>
    public static Option<string> Text(string name, string valueName, string? standard, string description)
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

    private static int Fail(TextWriter error, string message)
    {
        error.WriteLine(message.ReplaceLineEndings(" "));
        return 1;
    }
}
