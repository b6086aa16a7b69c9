using RnnGen.Latency;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The limits that the other tables are shares of.</summary>
internal static class LimitsTable
{
    public static string Of(MachineLimits limits)
    {
        var table = new MarkdownTable("limit of one core", "measured");
        table.Add("multiply-adds", $"{limits.Flops / 1e9:F0} GFLOP/s");
        foreach (var (bytes, perSecond) in limits.Loads)
            table.Add($"loads from {bytes >> 10} KB", $"{perSecond / 1e9:F0} GB/s");
        return table.ToString();
    }
}
