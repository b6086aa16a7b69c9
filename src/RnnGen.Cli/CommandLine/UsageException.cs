namespace RnnGen.Cli.CommandLine;

/// <summary>An argument is well-formed but invalid: the command line is at fault, not a file.</summary>
internal sealed class UsageException(string message) : Exception(message);
