using System.Buffers.Binary;
using RnnGen.Samples.SpokenDigits;

namespace RnnGen.Benchmarks.Embedded;

/// <summary>What the programs hear: a recording of the sample's test set and a pause after it.</summary>
internal sealed class Recording
{
    private const string Name = "7_en029edward_0.wav";
    private const int PauseSamples = 4000;

    public Recording()
    {
        float[] samples = [.. Corpus.Test().First(recording => recording.Name == Name).Samples, .. new float[PauseSamples]];
        Samples = new byte[2 * samples.Length];
        for (int i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(Samples.AsSpan(2 * i), (short)(samples[i] * 32768));
    }

    /// <summary>Raw 16-bit PCM at 8000 Hz.</summary>
    public byte[] Samples { get; }
}
