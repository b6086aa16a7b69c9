namespace RnnGen.Samples.SpokenDigits;

/// <summary>A recording as features.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Digit">What is said, 0 to 9.</param>
/// <param name="Features">Standardised, [<see cref="Frames"/> × <see cref="LogMel.Bands"/>].</param>
internal sealed record Utterance(string Name, int Digit, float[] Features)
{
    /// <summary>Time steps, 10 ms each.</summary>
    public int Frames => Features.Length / LogMel.Bands;

    /// <summary>The features of one time step.</summary>
    public ReadOnlySpan<float> Frame(int index) => Features.AsSpan(index * LogMel.Bands, LogMel.Bands);
}
