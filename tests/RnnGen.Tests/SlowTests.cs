namespace RnnGen.Tests;

/// <summary>Tests that take minutes and rarely find what the others do not. They run when the environment asks for them.</summary>
internal static class SlowTests
{
    private const string Variable = "RNNGEN_SLOW";

    /// <summary>Why they do not run.</summary>
    public const string WhyNot = $"slow: {Variable}=1 runs it";

    /// <summary>Whether they run.</summary>
    public static bool Run => Environment.GetEnvironmentVariable(Variable) == "1";
}
