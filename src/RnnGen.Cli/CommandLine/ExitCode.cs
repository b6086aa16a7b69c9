namespace RnnGen.Cli.CommandLine;

/// <summary>What the tool returns.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>A file was refused, two models differ, or nothing could be written.</summary>
    public const int Refused = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;
}
