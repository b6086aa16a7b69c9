namespace RnnGen.Samples.GuitarAmp;

/// <summary>A recording played through an amplifier.</summary>
/// <param name="Output">The output signal.</param>
/// <param name="Times">How long its blocks took.</param>
/// <param name="Allocated">Bytes that all blocks allocated.</param>
internal sealed record Playback(WavAudio Output, BlockTimes Times, long Allocated);
