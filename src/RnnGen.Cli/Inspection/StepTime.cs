using System.Diagnostics;
using System.Globalization;
using RnnGen.Cli.Compilation;
using RnnGen.Cli.Verification;
using RnnGen.Formats;
using RnnGen.Latency;

namespace RnnGen.Cli.Inspection;

/// <summary>How long a time step takes on this machine, measured for about half a second.</summary>
/// <param name="Nanoseconds">The fastest of many bursts of steps; of a network without steps, a frame's share of a sequence, the fastest of many.</param>
/// <param name="LimitNanoseconds">The shortest time that the machine's measured limits allow; null for a network without steps.</param>
internal sealed record StepTime(double Nanoseconds, double? LimitNanoseconds)
{
    private const int Frames = 64, MaxSteps = 2000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.3);

    /// <summary>Measures a network.</summary>
    public static StepTime Measure(ModelDescription model, NetworkRunner network)
    {
        float[] frames = RandomInputs.Of(model, Frames, seed: 0);
        double sequence = Seconds(() => network.Run(frames));
        if (!network.HasSteps)
        {
            for (var total = Stopwatch.StartNew(); total.Elapsed < Budget;)
                sequence = Math.Min(sequence, Seconds(() => network.Run(frames)));
            return new StepTime(sequence * 1e9 / Frames, null);
        }

        int steps = (int)Math.Clamp(Budget.TotalSeconds * Frames / sequence, 1, MaxSteps);
        LatencyReport report = network.Measure(frames, new LatencyOptions { WarmUp = Budget, Steps = steps, Repetitions = 1 });
        return new StepTime(report.FastestNanoseconds, report.LimitNanoseconds);
    }

    /// <summary>As a sentence.</summary>
    public override string ToString() => LimitNanoseconds is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $"A step takes {Text(Nanoseconds)} on this machine (measured, undisturbed); the limit set by its multiply-adds and loads is {Text(limit)}.")
        : string.Create(CultureInfo.InvariantCulture, $"A frame of a sequence of {Frames} takes {Text(Nanoseconds)} on this machine (measured, undisturbed); the network cannot run step by step, because a layer needs later steps.");

    private static string Text(double nanoseconds) => nanoseconds < 1e6 ? FormattableString.Invariant($"{nanoseconds / 1e3:G3} µs") : FormattableString.Invariant($"{nanoseconds / 1e6:G3} ms");

    private static double Seconds(Action run)
    {
        long start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
