namespace RnnGen.Samples.Tests;

/// <summary>A run of the program with its outputs caught.</summary>
internal sealed record Session(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program: arguments, display, output, error output; exit code.</summary>
    public static Session Of(Func<string[], IDisplay, TextWriter, TextWriter, int> program, string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int exitCode = program(arguments, new PlainDisplay(output), output, error);
        return new Session(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The run must end with 1, say nothing but this line, and that on the error output.</summary>
    public void AssertFailed(string line)
    {
        Assert.Equal(line + "\n", Error);
        Assert.Equal("", Output);
        Assert.Equal(1, ExitCode);
    }
}
