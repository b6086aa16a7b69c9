namespace RnnGen.Samples.GuitarAmp;

/// <summary>What an amplifier made of a recording.</summary>
/// <param name="Output">What is heard.</param>
/// <param name="Times">How long its blocks took.</param>
/// <param name="Allocated">Bytes that all blocks allocated.</param>
internal sealed record Playback(WavAudio Output, BlockTimes Times, long Allocated);
