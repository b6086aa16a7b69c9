using System.Globalization;
using RnnGen.Samples.SpokenDigits;

namespace RnnGen.Latency.Tests;

public sealed class MeasureTests
{
    /// <summary>Made up, so that no second goes into measuring them.</summary>
    public static MachineLimits Limits { get; } = new(Flops: 200e9, Loads: [(1 << 20, 100e9)], Hertz: 4e9);

    private static LatencyOptions Options { get; } = new() { WarmUp = TimeSpan.FromMilliseconds(50), Steps = 500, Repetitions = 3, Limits = Limits };

    [Fact]
    public void All_steps_are_counted_and_percentiles_are_in_order()
    {
        LatencyReport report = MeasureDigits(Options);
        Assert.Equal(1500, report.Steps);
        long[] percentiles = [0, report.P50, report.P90, report.P99, report.P999, report.Maximum];
        Assert.Equal(percentiles.Order(), percentiles);
        Assert.True(report.P50 > 0);
        Assert.Equal(report.P99 - report.P50, report.Jitter);
        Assert.Equal(("DigitRecognizer", Simd.Active), (report.Network, report.InstructionSet));
    }

    [Fact]
    public void The_distribution_goes_from_the_fastest_step_to_the_slowest()
    {
        LatencyReport report = MeasureDigits(Options);
        Assert.Equal(report.Distribution.OrderBy(point => point.Percentile).ThenBy(point => point.Nanoseconds), report.Distribution);
        Assert.Equal(0, report.Distribution[0].Percentile);
        Assert.Equal(new LatencyPoint(100, report.Maximum), report.Distribution[^1]);
        Assert.InRange(report.P50, report.Distribution[0].Nanoseconds, report.Maximum);
    }

    [Fact]
    public void Steps_allocate_nothing() => Assert.Equal(0, MeasureDigits(Options).AllocatedBytes);

    [Fact]
    public void Work_limits_and_time_make_cycles_and_the_share()
    {
        LatencyReport report = MeasureDigits(Options);
        var work = StepWork.Of<DigitRecognizer>();
        Assert.Equal((work.MultiplyAdds, work.WeightBytes), (report.MultiplyAdds, report.WeightBytes));
        Assert.Equal((100e9, 100e9, 4e9), (report.MultiplyAddsPerSecond, report.LoadBytesPerSecond, report.CoreHertz));
        Assert.Equal(work.WeightBytes / 100.0, report.LimitNanoseconds, 1e-9);
        Assert.Equal(4 * report.FastestNanoseconds, report.Cycles, 1e-6);
        Assert.Equal(report.LimitNanoseconds / report.FastestNanoseconds, report.ShareOfLimit, 1e-12);
    }

    [Fact]
    public void Without_given_limits_they_are_measured()
    {
        var options = new LatencyOptions { WarmUp = TimeSpan.Zero, Steps = 1, Repetitions = 1 };
        LatencyReport report = MeasureDigits(options);
        double[] measured = [report.CoreHertz, report.MultiplyAddsPerSecond, report.LoadBytesPerSecond, report.ShareOfLimit];
        Assert.All(measured, value => Assert.True(value > 0 && double.IsFinite(value)));
    }

    [Fact]
    public void Steps_by_the_clock_take_their_periods()
    {
        var period = TimeSpan.FromMilliseconds(3);
        long start = TimeProvider.System.GetTimestamp();
        LatencyReport report = MeasureDigits(new LatencyOptions { WarmUp = TimeSpan.Zero, Steps = 11, Repetitions = 2, Period = period, Limits = Limits });
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= 2 * 10 * period);
        Assert.Equal((22L, period, 0L), (report.Steps, report.Period, report.AllocatedBytes));
        Assert.InRange(report.LateSteps, 0, 22);
    }

    [Fact]
    public void Steps_that_last_longer_than_the_period_are_late()
    {
        var timer = new StepTimer((_, _) => Thread.Sleep(3), () => { }, frames: [0], frameSize: 1, outputSize: 1);
        timer.Time(new long[5], TimeSpan.FromMilliseconds(1));
        Assert.Equal((5, 5), (timer.LateSteps, timer.Times.TotalCount));
    }

    [Fact]
    public void Frames_come_in_order_and_again_and_each_repetition_begins_with_the_first()
    {
        var seen = new List<float>();
        var timer = new StepTimer((frame, _) => seen.Add(frame[1]), () => seen.Add(-1), frames: [0, 1, 2, 3, 4, 5], frameSize: 2, outputSize: 1);
        timer.Time(new long[4], period: null);
        timer.Time(new long[2], period: null);
        Assert.Equal([-1, 1, 3, 5, 1, -1, 1, 3], seen);
    }

    [Fact]
    public void Classes_are_measured_and_the_state_is_that_before_a_first_step()
    {
        using var network = new OneHotLstm(seed: 1);
        network.Step(3, new float[3]);
        LatencyReport report = LatencyReport.Measure(network, [0, 6, 3], Options);
        Assert.Equal((1500, 0), (report.Steps, report.AllocatedBytes));
        var state = new float[OneHotLstm.StateSize];
        network.CopyStateTo(state);
        Assert.Equal(new float[state.Length], state);
    }

    [Fact]
    public void JSON_gives_the_report_back_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            string json = "", text = "";
            LatencyReport report = MeasureDigits(new LatencyOptions { Steps = 100, Period = TimeSpan.FromMilliseconds(0.25), Limits = Limits });
            foreach (CultureInfo culture in (CultureInfo[])[CultureInfo.InvariantCulture, Commas()])
            {
                CultureInfo.CurrentCulture = culture;
                LatencyReport back = LatencyReport.FromJson(report.ToJson());
                Assert.Equal(report.Distribution, back.Distribution);
                Assert.Equal(report, back with { Distribution = report.Distribution });
                Assert.True(json == "" || (json == report.ToJson() && text == report.ToString()));
                (json, text) = (report.ToJson(), report.ToString());
            }

            Assert.Contains($"\"instructionSet\": \"{Simd.Active}\"", json);
            Assert.Contains("\"shareOfLimit\": ", json);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"network\": 1}")]
    [InlineData("no JSON")]
    public void Other_texts_are_no_reports(string json) =>
        Assert.StartsWith("json: expected a latency report", Assert.Throws<FormatException>(() => LatencyReport.FromJson(json)).Message);

    [Fact]
    public void A_network_without_steps_is_refused()
    {
        using var network = new ReverseRnn(seed: 1);
        string message = Assert.Throws<NotSupportedException>(() => LatencyReport.Measure(network, new float[3], Options)).Message;
        Assert.Equal("network: ReverseRnn needs later steps in rnn0; expected a network with Step, whose layers all go forward", message);
    }

    [Fact]
    public void Inputs_that_are_no_time_steps_are_refused()
    {
        using var digits = new DigitRecognizer(seed: 1);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => LatencyReport.Measure(digits, [], Options)).ParamName);
        Assert.Equal("inputs", Assert.Throws<ArgumentException>(() => LatencyReport.Measure(digits, new float[21], Options)).ParamName);
        using var classes = new OneHotLstm(seed: 1);
        Assert.Throws<ArgumentOutOfRangeException>("inputs", () => LatencyReport.Measure(classes, [0, 7], Options));
        Assert.Throws<ArgumentNullException>("network", () => LatencyReport.Measure<OneHotLstm>(null!, [0], Options));
    }

    [Fact]
    public void A_network_that_is_gone_is_refused()
    {
        var network = new DigitRecognizer(seed: 1);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => LatencyReport.Measure(network, new float[20], Options));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Steps", () => new LatencyOptions { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Steps", () => new LatencyOptions { Steps = int.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>("Period", () => new LatencyOptions { Period = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>("Repetitions", () => new LatencyOptions { Repetitions = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("WarmUp", () => new LatencyOptions { WarmUp = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>("Period", () => new LatencyOptions { Period = TimeSpan.Zero });
        Assert.Throws<ArgumentException>("Loads", () => new MachineLimits(1, [], 1));
        Assert.Throws<ArgumentOutOfRangeException>("bytes", () => MachineLimits.Measure(0));
    }

    private static LatencyReport MeasureDigits(LatencyOptions options)
    {
        using var network = new DigitRecognizer(seed: 1);
        var frames = new float[3 * DigitRecognizer.InputSize];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = MathF.Sin(0.37f * i);
        return LatencyReport.Measure(network, frames, options);
    }

    private static CultureInfo Commas()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        return culture;
    }
}
