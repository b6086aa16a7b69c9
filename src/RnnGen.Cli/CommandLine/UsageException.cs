namespace RnnGen.Cli.CommandLine;

/// <summary>An argument that is well-formed, but makes no sense: the command line is at fault, and not a file.</summary>
internal sealed class UsageException(string message) : Exception(message);
