using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RnnGen.Cli.CommandLine;

/// <summary>The help of a command, then an example and the exit codes.</summary>
/// <param name="help">What the library says.</param>
/// <param name="example">A command line.</param>
internal sealed class ExampleHelp(HelpAction help, string example) : SynchronousCommandLineAction
{
    private const string Codes = """
        Exit codes:
          0  success
          1  a file was rejected, models differ, or nothing could be written
          2  invalid command line
        """;

    public override bool ClearsParseErrors => true;

    /// <summary>Adds an example to a command's help.</summary>
    public static void Add(Command command, string example) =>
        command.Options.Add(new HelpOption("--help", "-h", "-?") { Action = new ExampleHelp(new HelpAction(), example) });

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n\n{Codes}");
        return ExitCode.Fine;
    }
}
