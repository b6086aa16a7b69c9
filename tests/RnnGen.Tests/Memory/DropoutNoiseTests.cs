using RnnGen.Runtime;

namespace RnnGen.Tests.Memory;

/// <summary>The same seed gives the same noise everywhere, and in every version: a run that goes on from a checkpoint draws what it would have drawn.</summary>
public sealed class DropoutNoiseTests
{
    private const int Steps = 2;
    private const int Sequences = 2;
    private const int Size = 15;
    private const int Stride = 16;

    // Calculated apart, in Python's integers; a row a sequence, 0 where a value is hidden.
    [Theory]
    [InlineData(1, 0, "000100111001010 000001010001011")]
    [InlineData(1, 3, "011001001101110 110110111110011")]
    [InlineData(-7, 3, "111111100011010 100001000101011")]
    public void A_seed_and_a_part_give_this_noise_and_no_other(long seed, int part, string expected)
    {
        float[] noise = new float[Sequences * Stride];
        Draw(seed, 0, tape => DropoutNoise.Fill(tape, ref noise[0], Stride, Size, 0.5f, part));
        Assert.Equal(expected, Rows(noise, 2));
    }

    [Theory]
    [InlineData(0, 0.5f, 2, "101110100110001 100010110110110 000011001110111 000011010111001")]
    [InlineData(1, 0.5f, 2, "000011001110111 000011010111001 100111001011101 000011011111011")]
    [InlineData(5, 0.25f, 4f / 3, "001001101111111 110110011111111 110111111100111 101111111111111")]
    public void So_do_they_step_by_step(long firstStep, float rate, float kept, string expected)
    {
        float[] noise = new float[Steps * Sequences * Stride];
        Draw(1, firstStep, tape => DropoutNoise.FillSteps(tape, ref noise[0], Stride, Size, rate, 3));
        Assert.Equal(expected, Rows(noise, kept));
    }

    private static void Draw(long seed, long firstStep, Action<TapeMemory> draw)
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(Steps, Sequences);
        (tape.DropoutSeed, tape.FirstStep) = (seed, firstStep);
        draw(tape.BeginForward(network.Memory, SequenceBatch.FromTimeMajor(new float[Steps * Sequences * 3], Steps, Sequences, 3)));
    }

    private static string Rows(float[] noise, float kept)
    {
        Assert.All(noise, value => Assert.True(value == 0 || value == kept, $"{value:R}"));
        return string.Join(' ', noise.Chunk(Stride).Select(row => string.Concat(row.Take(Size).Select(value => value == 0 ? '0' : '1'))));
    }
}
