namespace RnnGen.Cli.CommandLine;

/// <summary>The tool's exit codes.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Fine = 0;

    /// <summary>A file was rejected, two models differ, or nothing could be written.</summary>
    public const int Refused = 1;

    /// <summary>The command line is invalid.</summary>
    public const int Usage = 2;
}
