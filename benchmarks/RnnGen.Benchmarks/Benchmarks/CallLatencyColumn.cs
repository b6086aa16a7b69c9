using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace RnnGen.Benchmarks.Benchmarks;

/// <summary>A percentile of the times of single calls, with reading the clock.</summary>
internal sealed class CallLatencyColumn(double percentile) : IColumn
{
    public string Id => $"{nameof(CallLatencyColumn)}.{ColumnName}";

    public string ColumnName { get; } = FormattableString.Invariant($"p{percentile} ns");

    public string Legend => FormattableString.Invariant(
        $"{percentile} of 100 single calls took no longer: of up to 20,000 (or 2 s of them), timed one by one after the run, with reading the clock");

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => (int)percentile;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        CallLatency.Of(benchmarkCase).GetValueAtPercentile(percentile).ToString("N0", CultureInfo.InvariantCulture);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;
}
