namespace RnnGen.Training;

/// <summary>The options that decide how training goes on, as text: a checkpoint continues with the same ones only.</summary>
internal static class CheckpointSettings
{
    /// <summary>
    /// The options by name. Not <see cref="TrainerOptions.MaxSteps"/> and <see cref="TrainerOptions.Threads"/>, which decide about memory and speed only.
    /// </summary>
    public static IReadOnlyList<(string Name, string Text)> Of(TrainerOptions options) =>
    [
        (nameof(options.Optimizer), options.Optimizer.ToString() ?? options.Optimizer.GetType().FullName!),
        (nameof(options.Schedule), options.Schedule.ToString()),
        (nameof(options.Loss), options.Loss.ToString() ?? options.Loss.Name),
        (nameof(options.Normalization), options.Normalization.ToString()),
        (nameof(options.BatchSize), Text(options.BatchSize)),
        (nameof(options.Batching), options.Batching.ToString()),
        (nameof(options.ClipNorm), Text(options.ClipNorm)),
        (nameof(options.ClipValue), Text(options.ClipValue)),
        (nameof(options.TruncateEvery), Text(options.TruncateEvery)),
        (nameof(options.TruncateBackward), Text(options.TruncateBackward)),
        (nameof(options.Seed), Text(options.Seed)),
        (nameof(options.Patience), Text(options.Patience)),
    ];

    private static string Text(IFormattable? value) => value is null ? "null" : $"{value}";
}
