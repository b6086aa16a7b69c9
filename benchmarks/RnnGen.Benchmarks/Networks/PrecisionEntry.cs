namespace RnnGen.Benchmarks.Networks;

/// <summary>A row of the table of precisions: one network with three kinds of weights.</summary>
/// <param name="Name">As in <see cref="NetworkEntry"/>.</param>
/// <param name="Steps">A step of each: float32, bfloat16, int8.</param>
/// <param name="Errors">The largest difference of the outputs from those of float32: bfloat16, int8.</param>
internal sealed record PrecisionEntry(string Name, IReadOnlyList<Action> Steps, IReadOnlyList<double> Errors)
{
    private const int ComparedSteps = 200;

    public static PrecisionEntry Of<TFloat32, TBFloat16, TInt8>(string? name = null)
        where TFloat32 : class, INetwork<TFloat32>
        where TBFloat16 : class, INetwork<TBFloat16>
        where TInt8 : class, INetwork<TInt8>
    {
        var reference = TFloat32.Create(1);
        var half = TBFloat16.Create(1);
        var byteSized = TInt8.Create(1);
        float[] frames = Signals.Wave(ComparedSteps * TFloat32.InputSize);
        return new PrecisionEntry(
            name ?? NetworkEntry.NameOf<TFloat32>(),
            [StepCalls.Of(reference), StepCalls.Of(half), StepCalls.Of(byteSized)],
            [half.CompareWith(reference, frames).MaxAbsolute, byteSized.CompareWith(reference, frames).MaxAbsolute]);
    }
}
