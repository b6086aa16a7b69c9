namespace RnnGen.Training;

/// <summary>Where <c>Fit</c> stands: all that decides how it goes on, beside weights, the optimiser's memory and random state.</summary>
/// <param name="sets">The sets that it learns from; made only when a checkpoint needs them.</param>
internal sealed class FitPosition(Lazy<FitSets> sets)
{
    /// <summary>The sets that it learns from.</summary>
    public FitSets Sets => sets.Value;

    /// <summary>The epochs that are complete.</summary>
    public List<EpochReport> History { get; init; } = [];

    /// <summary>Mini-batches done in the epoch that is not complete.</summary>
    public int Batch { get; set; }

    /// <summary>What they found.</summary>
    public PassResult Running { get; set; }

    /// <summary>The random state before the mini-batches of that epoch were formed.</summary>
    public ulong EpochRandom { get; set; }

    /// <summary>The epoch with the lowest loss, from 1; 0 before the first.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Its loss.</summary>
    public float BestLoss { get; set; } = float.PositiveInfinity;

    /// <summary>Its packed weights; null where they need not be restored.</summary>
    public float[]? BestWeights { get; init; }

    /// <summary>The random state that a checkpoint of this position has: before the mini-batches of the epoch that is not complete were formed.</summary>
    /// <param name="current">The random state now.</param>
    public ulong Random(ulong current) => Batch > 0 ? EpochRandom : current;

    /// <summary>Completes an epoch.</summary>
    /// <param name="report">What it found.</param>
    /// <param name="weights">The packed weights at its end.</param>
    public void Complete(EpochReport report, ReadOnlySpan<float> weights)
    {
        History.Add(report);
        Batch = 0;
        Running = default;
        float loss = (report.Validation ?? report.Training).Loss;
        if (BestEpoch != 0 && !(loss < BestLoss)) // a NaN is never better
            return;
        BestEpoch = report.Epoch;
        BestLoss = float.IsNaN(loss) ? float.PositiveInfinity : loss;
        if (BestWeights is not null)
            weights.CopyTo(BestWeights);
    }

    /// <summary>Whether the loss had stopped improving before all epochs were run.</summary>
    public bool HasStopped(int epochs, int? patience) => BestEpoch > 0 && History.Count < epochs && History.Count - BestEpoch >= patience;
}

/// <summary>What tells training sets apart.</summary>
/// <param name="Training">Of the training set.</param>
/// <param name="Validation">Of the validation set; "none" without one.</param>
internal sealed record FitSets(string Training, string Validation)
{
    public static FitSets Of(TrainingSet training, TrainingSet? validation) => new(training.Fingerprint, validation?.Fingerprint ?? "none");

    /// <summary>Refuses to continue with other sets.</summary>
    /// <exception cref="ArgumentException">A set is another; the message names it.</exception>
    public void Check(TrainingSet training, TrainingSet? validation)
    {
        FitSets got = Of(training, validation);
        Check("training", Training, got.Training);
        Check("validation", Validation, got.Validation);
    }

    private static void Check(string argument, string expected, string got)
    {
        if (got != expected)
        {
            string message = $"{argument}: expected the set of the Fit that continues, cancelled or from a checkpoint ({expected}), got another ({got})";
            throw new ArgumentException($"{message}; AbandonFit lets the next Fit start from the beginning", argument);
        }
    }
}
