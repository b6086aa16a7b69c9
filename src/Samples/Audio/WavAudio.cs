namespace RnnGen.Samples.Audio;

/// <summary>A recording of one channel.</summary>
/// <param name="Rate">Samples per second.</param>
/// <param name="Samples">Full scale is [−1, 1).</param>
internal sealed record WavAudio(int Rate, float[] Samples)
{
    /// <summary>How long it is.</summary>
    public double Seconds => (double)Samples.Length / Rate;
}
