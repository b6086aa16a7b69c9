using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HdrHistogram;
using RnnGen.Runtime;

namespace RnnGen.Latency;

/// <summary>
/// The latency of one <c>Step</c> of a network on this machine, compared with the shortest time that the machine's measured limits allow. Times are in nanoseconds.
/// Times of single steps have three significant digits and include <see cref="ClockNanoseconds"/>.
/// </summary>
public sealed record LatencyReport
{
    private const int DistributionPoints = 201;

    /// <summary>The network's class.</summary>
    public required string Network { get; init; }

    /// <summary>The instruction set whose kernels ran: <see cref="Simd.Active"/>.</summary>
    public required InstructionSet InstructionSet { get; init; }

    /// <summary>The runtime: <c>.NET 10.0.0</c>.</summary>
    public required string Runtime { get; init; }

    /// <summary>Steps that were timed, of all repetitions together.</summary>
    public required long Steps { get; init; }

    /// <summary>The time from the start of a step to the start of the next; null for steps back to back.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>
    /// Steps that ended after the next one should have begun, because of their own latency or that of earlier steps; 0 without a <see cref="Period"/>.
    /// </summary>
    public required long LateSteps { get; init; }

    /// <summary>Half of the steps took at most this.</summary>
    public required long P50 { get; init; }

    /// <summary>90 % of the steps took at most this.</summary>
    public required long P90 { get; init; }

    /// <summary>99 % of the steps took at most this.</summary>
    public required long P99 { get; init; }

    /// <summary>99.9 % of the steps took at most this.</summary>
    public required long P999 { get; init; }

    /// <summary>The slowest step.</summary>
    public required long Maximum { get; init; }

    /// <summary>One of the two measures of jitter: <see cref="P99"/> − <see cref="P50"/>. Rare interruptions by the machine do not change it.</summary>
    public long Jitter => P99 - P50;

    /// <summary>The other measure of jitter: the standard deviation of all steps, which is dominated by single slow ones.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The distribution of latencies, from the fastest step (0 %) to the slowest (100 %), with points increasingly dense towards 100 %.</summary>
    public required IReadOnlyList<LatencyPoint> Distribution { get; init; }

    /// <summary>The median time between two consecutive readings of the clock: what it adds to each timed step.</summary>
    public required long ClockNanoseconds { get; init; }

    /// <summary>
    /// The time of a step in the fastest of many bursts of back-to-back steps, each 20 µs or one step long; only the burst is timed. This is the speed of undisturbed
    /// code. The limits are measured in the same way, so it is the value compared with them.
    /// </summary>
    public required double FastestNanoseconds { get; init; }

    /// <summary>Clock rate of the core in cycles per second, measured after the steps; see <see cref="MachineLimits.Hertz"/>.</summary>
    public required double CoreHertz { get; init; }

    /// <summary>Cycles of a step: <see cref="FastestNanoseconds"/> × <see cref="CoreHertz"/>. An estimate: managed code has no counter of cycles.</summary>
    public double Cycles => FastestNanoseconds * CoreHertz / 1e9;

    /// <summary>Multiply-adds of the matrix products of a step; <see cref="StepWork.MultiplyAdds"/> says what counts.</summary>
    public required long MultiplyAdds { get; init; }

    /// <summary>Bytes of packed weights that a step reads; <see cref="StepWork.WeightBytes"/> says what counts.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Peak multiply-adds per second of one core, with operands in registers.</summary>
    public required double MultiplyAddsPerSecond { get; init; }

    /// <summary>Peak bytes per second of vector loads from a buffer of <see cref="WeightBytes"/>.</summary>
    public required double LoadBytesPerSecond { get; init; }

    /// <summary>The shortest time of a step by these limits: of its multiply-adds or of loading its weights, whichever takes longer.</summary>
    public double LimitNanoseconds => 1e9 * Math.Max(MultiplyAdds / MultiplyAddsPerSecond, WeightBytes / LoadBytesPerSecond);

    /// <summary>
    /// The fraction of the limit that is reached, 1 for all of it: <see cref="LimitNanoseconds"/> / <see cref="FastestNanoseconds"/>. In small networks the
    /// latency of activations dominates and the fraction is low. It may exceed 1 where the weights do not quite fit a cache and the network reads
    /// them in a better order than the front-to-back order with which the limit is measured.
    /// </summary>
    public double ShareOfLimit => LimitNanoseconds / FastestNanoseconds;

    /// <summary>Bytes that all timed steps together allocated on the managed heap.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>
    /// Measures the steps of a network's own stream on the calling thread. Afterwards the network is in its initial state.
    /// </summary>
    /// <typeparam name="TNetwork">The network.</typeparam>
    /// <param name="network">The network; it must not be used elsewhere meanwhile.</param>
    /// <param name="inputs">
    /// Consecutive time steps, repeated from the start when they end: [any × InputSize], or a class per step, as a float, for a network with
    /// <see cref="NetworkAttribute.OneHot"/>.
    /// </param>
    /// <param name="options">Options of the measurement; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="inputs"/> are empty, not a whole number of time steps, or not classes where classes are expected.</exception>
    /// <exception cref="NotSupportedException">A layer needs later steps, so that the network has no steps.</exception>
    /// <exception cref="ObjectDisposedException">The network has been disposed of.</exception>
    public static LatencyReport Measure<TNetwork>(TNetwork network, ReadOnlySpan<float> inputs, LatencyOptions? options = null)
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(network);
        NetworkLayout layout = TNetwork.Layout;
        if (layout.ReverseLayer is string reverse)
        {
            throw new NotSupportedException(
                $"network: {layout.Network} needs later steps in {reverse}; expected a network with Step, whose layers all go forward");
        }

        Guard.Steps(inputs.Length, layout.FrameSize, nameof(inputs), layout.OneHot ? "1" : "InputSize");
        if (layout.OneHot)
            Guard.Classes(inputs, layout.InputSize, nameof(inputs));

        options ??= new LatencyOptions();
        var timer = new StepTimer(network.Step, network.Reset, inputs.ToArray(), layout.FrameSize, layout.OutputSize);
        timer.WarmUp(options.WarmUp);
        var ticks = new long[options.Steps];
        for (int repetition = 0; repetition < options.Repetitions; repetition++)
            timer.Time(ticks, options.Period);
        double fastest = timer.FastestBurst();
        network.Reset();

        StepWork work = StepWork.Of<TNetwork>();
        MachineLimits limits = options.Limits ?? MachineLimits.Measure(work.WeightBytes);
        LongHistogram times = timer.Times;
        return new LatencyReport
        {
            Network = layout.Network,
            InstructionSet = Simd.Active,
            Runtime = RuntimeInformation.FrameworkDescription,
            Steps = times.TotalCount,
            Period = options.Period,
            LateSteps = timer.LateSteps,
            P50 = times.GetValueAtPercentile(50),
            P90 = times.GetValueAtPercentile(90),
            P99 = times.GetValueAtPercentile(99),
            P999 = times.GetValueAtPercentile(99.9),
            Maximum = times.GetValueAtPercentile(100),
            StandardDeviation = times.GetStdDeviation(),
            Distribution = DistributionOf(times),
            ClockNanoseconds = StepTimer.ClockNanoseconds(),
            FastestNanoseconds = fastest,
            CoreHertz = limits.Hertz,
            MultiplyAdds = work.MultiplyAdds,
            WeightBytes = work.WeightBytes,
            MultiplyAddsPerSecond = limits.Flops / 2,
            LoadBytesPerSecond = limits.LoadsOf(work.WeightBytes),
            AllocatedBytes = timer.AllocatedBytes,
        };
    }

    /// <summary>Reads a report that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">It is not such a text; the message says what is wrong and where.</exception>
    public static LatencyReport FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, LatencyJson.Default.LatencyReport)
                ?? throw new FormatException("json: expected a latency report, got null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"json: expected a latency report; {error.Message}", error);
        }
    }

    /// <summary>The report as JSON, which is the same in every culture: each property by its name, in camel case.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, LatencyJson.Default.LatencyReport);

    /// <summary>Plots latency by percentile, on a scale that stretches towards 100 % to show the tail.</summary>
    /// <param name="path">The file to write: a PNG of 900 × 540 pixels.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SavePicture(string path) => LatencyPlot.Save(path, this);

    /// <summary>The report as lines of text, the same in every culture, without the distribution.</summary>
    public override string ToString()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string pace = Period is TimeSpan period ? string.Create(culture, $"every {period.TotalMilliseconds} ms, {LateSteps} late") : "back to back";
        string ruled = MultiplyAdds / MultiplyAddsPerSecond > WeightBytes / LoadBytesPerSecond ? "multiply-adds" : "loads";
        string[] lines =
        [
            string.Create(culture, $"{Network}: {Steps} steps, {pace}, on {InstructionSet}, {Runtime}"),
            string.Create(
                culture,
                $"step latency (ns): p50 {P50}, p90 {P90}, p99 {P99}, p99.9 {P999}, max {Maximum}; reading the clock takes {ClockNanoseconds} of each"),
            string.Create(culture, $"jitter (ns): {Jitter} from p50 to p99, standard deviation {StandardDeviation:F0}"),
            string.Create(culture, $"undisturbed: {FastestNanoseconds:F1} ns, {Cycles:F0} cycles at {CoreHertz / 1e9:F2} GHz"),
            string.Create(culture, $"work: {MultiplyAdds} multiply-adds, {WeightBytes / 1024.0:F1} KB of weights"),
            string.Create(
                culture,
                $"limit: {LimitNanoseconds:F1} ns by {ruled} ({LoadBytesPerSecond / 1e9:F0} GB/s, {MultiplyAddsPerSecond / 1e9:F0} G multiply-adds/s); "
                    + $"{100 * ShareOfLimit:F0} % of it reached"),
            string.Create(culture, $"bytes allocated by all steps: {AllocatedBytes}"),
        ];
        return string.Join('\n', lines);
    }

    /// <summary>One nine is one unit: 90 % at 1, 99 % at 2. The slowest of n steps lies at log₁₀ n.</summary>
    private static LatencyPoint[] DistributionOf(LongHistogram times)
    {
        double end = Math.Log10(times.TotalCount);
        LatencyPoint Point(double percentile) => new(percentile, times.GetValueAtPercentile(percentile));
        return [.. Enumerable.Range(0, DistributionPoints - 1).Select(i => Point(100 * (1 - Math.Pow(10, -end * i / (DistributionPoints - 1))))), Point(100)];
    }
}
