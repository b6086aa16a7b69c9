namespace RnnGen.Cli.CommandLine;

/// <summary>What was asked for is not done, because of what a file holds or because another file is in the way.</summary>
internal sealed class RefusedException(string message) : Exception(message);
