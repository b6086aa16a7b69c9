namespace RnnGen.Latency;

/// <summary>How <see cref="LatencyReport.Measure"/> measures. Every option is checked when it is set.</summary>
public sealed class LatencyOptions
{
    /// <summary>
    /// Duration of the warm-up before timing starts; 400 ms by default. The JIT recompiles hot methods in the background, about 100 ms after the
    /// last new method was called. Zero measures cold code.
    /// </summary>
    public TimeSpan WarmUp
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw OutOfRange(nameof(WarmUp), value, "at least 0");
    } = TimeSpan.FromMilliseconds(400);

    /// <summary>Steps timed in each repetition, at most the maximum length of an array; 10 000 by default.</summary>
    public int Steps
    {
        get;
        init => field = value > 0 && value <= Array.MaxLength ? value : throw OutOfRange(nameof(Steps), value, $"1 to {Array.MaxLength}");
    } = 10_000;

    /// <summary>Repetitions of <see cref="Steps"/> steps, each starting from <c>Reset</c>; 5 by default. The report covers all of them together.</summary>
    public int Repetitions
    {
        get;
        init => field = Positive(value, nameof(Repetitions));
    } = 5;

    /// <summary>
    /// The time from the start of a step to the start of the next, as in a program whose input arrives at a fixed rate: the thread sleeps while more than 2 ms
    /// remain, then spins. At most an hour. Null (unset) for steps back to back. A measurement takes at least <see cref="Steps"/> ×
    /// <see cref="Repetitions"/> periods.
    /// </summary>
    public TimeSpan? Period
    {
        get;
        init => field = value is null || (value > TimeSpan.Zero && value <= TimeSpan.FromHours(1))
            ? value
            : throw OutOfRange(nameof(Period), value, "above 0, at most 1 hour");
    }

    /// <summary>The machine's limits, for a program that measures several networks; null (unset) to measure them each time, which takes a second.</summary>
    public MachineLimits? Limits { get; init; }

    private static int Positive(int value, string option) => value > 0 ? value : throw OutOfRange(option, value, "at least 1");

    private static ArgumentOutOfRangeException OutOfRange(string option, object? value, string expected) =>
        new(option, value, FormattableString.Invariant($"{option}: expected {expected}, got {value}"));
}
