using System.CommandLine;
using System.CommandLine.Help;
using System.Text.Json.Nodes;
using RnnGen.Cli.Commands;

namespace RnnGen.Cli.CommandLine;

/// <summary>The tool: its commands, and how their errors are reported.</summary>
internal static class Tool
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The command line without the tool's name.</param>
    /// <param name="output">Receives the result.</param>
    /// <param name="error">Receives errors, one sentence each, and progress where it is a terminal.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var console = new ToolConsole(output, error);
        ParseResult parsed = Root(console).Parse(arguments);
        bool asJson = arguments.Contains("--json");
        try
        {
            if (parsed.Errors.Count > 0 && parsed.Action is not ExampleHelp)
                throw new UsageException(parsed.Errors[0].Message);
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException problem)
        {
            return Fail(problem, ExitCode.Usage);
        }
        catch (Exception problem) when (problem is FormatException or RefusedException or IOException or UnauthorizedAccessException or ArithmeticException)
        {
            return Fail(problem, ExitCode.Refused);
        }
        catch (OutOfMemoryException)
        {
            return Fail(new IOException("there is not enough memory for this model"), ExitCode.Refused);
        }
        catch (Exception problem)
        {
            // A bug in this program: reported as such, but also in one sentence.
            return Fail(new InvalidOperationException($"{problem.GetType().Name}: {problem.Message} This is a bug in rnngen; please report it with the file."), ExitCode.Refused);
        }

        int Fail(Exception problem, int code)
        {
            string sentence = ToolConsole.Printable(problem.Message.ReplaceLineEndings(" "));
            error.WriteLine($"rnngen: {sentence}");
            if (asJson)
                console.Json(new JsonObject { ["ok"] = false, ["error"] = sentence, ["exitCode"] = code });
            return code;
        }
    }

    private static RootCommand Root(ToolConsole console)
    {
        var root = new RootCommand("Imports recurrent networks from other frameworks into C#, and exports them.")
        {
            ImportCommand.Create(console),
            InspectCommand.Create(console),
            VerifyCommand.Create(console),
            BenchCommand.Create(console),
            ExportCommand.Create(console),
        };
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        ExampleHelp.Add(root, "rnngen import model.keras --name Recognizer");
        root.SetAction(int (_) => throw new UsageException("expected a command: import, inspect, verify, bench or export; --help shows them"));
        return root;
    }
}
