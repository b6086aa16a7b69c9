using HdrHistogram;

namespace RnnGen.Samples.GuitarAmp;

/// <summary>What an amplifier made of a recording, and how long its blocks took.</summary>
/// <param name="Output">What is heard.</param>
/// <param name="Times">Of the blocks, in nanoseconds.</param>
/// <param name="Allocated">Bytes that all blocks allocated.</param>
internal sealed record Playback(WavAudio Output, LongHistogram Times, long Allocated)
{
    /// <summary>Seconds of music that a second of computing plays.</summary>
    public double RealTimeFactor => Output.Seconds * 1e9 / (Times.GetMean() * Times.TotalCount);

    /// <summary>How long a block lasts when it is heard, in microseconds.</summary>
    public double BlockMicroseconds => 1e6 * BlockPlayer.BlockLength / Output.Rate;

    /// <summary>What a percentage of the blocks took at most, in microseconds.</summary>
    public double Percentile(double percentage) => Times.GetValueAtPercentile(percentage) / 1e3;
}
