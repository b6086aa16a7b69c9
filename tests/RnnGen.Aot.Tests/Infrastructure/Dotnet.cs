namespace RnnGen.Aot.Tests.Infrastructure;

/// <summary>The <c>dotnet</c> that runs these tests.</summary>
internal static class Dotnet
{
    /// <summary>Its path.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs it, in English.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Execution Run(string folder, params string[] arguments) => Execution.Run(Host, arguments, folder, ("DOTNET_CLI_UI_LANGUAGE", "en"));
}
