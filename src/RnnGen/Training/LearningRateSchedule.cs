namespace RnnGen.Training;

/// <summary>How the learning rate changes from update to update, as a factor of the optimiser's own. Derive from it for a schedule of your own.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>Always 1.</summary>
    public static LearningRateSchedule Constant { get; } = new StepSchedule(1, 1);

    /// <summary>The factor <paramref name="factor"/> again after every <paramref name="every"/> updates: <c>factor^⌊update / every⌋</c>.</summary>
    /// <param name="every">Updates between two changes, at least 1.</param>
    /// <param name="factor">The factor, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static LearningRateSchedule Step(int every, double factor)
    {
        if (every < 1)
            throw new ArgumentOutOfRangeException(nameof(every), $"every: expected at least 1 update, got {every}");
        if (!(factor > 0) || !double.IsFinite(factor))
        {
            string message = $"factor: expected a finite value above 0, got {factor}";
            throw new ArgumentOutOfRangeException(nameof(factor), message);
        }

        return new StepSchedule(every, factor);
    }

    /// <summary>
    /// Up in a straight line to 1 at the last warm-up update, then down along half a cosine (Loshchilov and Hutter 2017) to <paramref name="floor"/> at
    /// <paramref name="totalUpdates"/>, and <paramref name="floor"/> from there on.
    /// </summary>
    /// <param name="warmupUpdates">Updates of warm-up; 0 for none. The first has the factor 1 / warmupUpdates.</param>
    /// <param name="totalUpdates">Updates of the whole training, more than <paramref name="warmupUpdates"/>.</param>
    /// <param name="floor">The factor at the end, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static LearningRateSchedule CosineWithWarmup(int warmupUpdates, int totalUpdates, double floor = 0)
    {
        if (warmupUpdates < 0)
            throw new ArgumentOutOfRangeException(nameof(warmupUpdates), $"warmupUpdates: expected at least 0, got {warmupUpdates}");
        if (totalUpdates <= warmupUpdates)
        {
            string message = $"totalUpdates: expected more than warmupUpdates ({warmupUpdates}), got {totalUpdates}";
            throw new ArgumentOutOfRangeException(nameof(totalUpdates), message);
        }

        if (floor is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(floor), $"floor: expected 0 to 1, got {floor}");
        return new CosineSchedule(warmupUpdates, totalUpdates, floor);
    }

    /// <summary>
    /// The schedule and all its settings. A checkpoint remembers it and continues with the same one only, so include all settings, and write numbers in
    /// the invariant culture.
    /// </summary>
    public override string ToString() => GetType().FullName!;

    /// <summary>The factor of the learning rate at an update: finite and at least 0.</summary>
    /// <param name="update">The update's index, from 0.</param>
    public abstract double Factor(long update);

    private sealed class StepSchedule(int every, double factor) : LearningRateSchedule
    {
        public override string ToString() =>
            factor == 1 ? nameof(Constant) : $"Step(every: {every}, factor: {factor:R})";

        public override double Factor(long update) => factor == 1 ? 1 : Math.Pow(factor, update / every);
    }

    private sealed class CosineSchedule(int warmup, int total, double floor) : LearningRateSchedule
    {
        public override string ToString() =>
            $"CosineWithWarmup(warmupUpdates: {warmup}, totalUpdates: {total}, floor: {floor:R})";

        public override double Factor(long update)
        {
            if (update < warmup)
                return (update + 1.0) / warmup;
            double progress = Math.Min(1, (update - warmup) / (double)(total - warmup));
            return floor + (1 - floor) * 0.5 * (1 + Math.Cos(Math.PI * progress));
        }
    }
}
