namespace RnnGen.Cli.CommandLine;

/// <summary>The request is rejected because of a file's content, or because another file is in the way.</summary>
internal sealed class RefusedException(string message) : Exception(message);
