namespace RnnGen.Tests.Numerics;

/// <summary>Tests that are here before what they test. A feature that has come is deleted from the list; this class goes with the last.</summary>
internal static class Waiting
{
    private static readonly HashSet<string> Features =
    [
    ];

    /// <summary>Whether a feature is not here yet.</summary>
    public static bool Is(string feature) => Features.Contains(feature);

    /// <summary>Skips a test that needs features that are not here yet.</summary>
    public static void For(params IEnumerable<string> features)
    {
        string[] missing = [.. features.Where(Features.Contains)];
        Skip.If(missing.Length > 0, $"waits for {string.Join(", ", missing)}");
    }
}
