namespace RnnGen.Benchmarks.Networks;

/// <summary>A row of the table of determinism: one network, as it is and deterministic.</summary>
/// <param name="Name">As in <see cref="NetworkEntry"/>, with the precision.</param>
/// <param name="Steps">A step of each.</param>
internal sealed record DeterminismEntry(string Name, IReadOnlyList<Action> Steps)
{
    public static DeterminismEntry Of<TPlain, TSame>(string precision = "float32")
        where TPlain : class, INetwork<TPlain>
        where TSame : class, INetwork<TSame> =>
        new($"{NetworkEntry.NameOf<TPlain>()}, {precision}", [StepCalls.Of(TPlain.Create(1)), StepCalls.Of(TSame.Create(1))]);
}
