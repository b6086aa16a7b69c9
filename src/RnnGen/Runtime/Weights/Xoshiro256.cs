using System.Numerics;

namespace RnnGen.Runtime;

/// <summary>
/// xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021; public domain code at prng.di.unimi.it), its state filled from
/// a seed by SplitMix64 as its authors advise. Integer arithmetic only: the same bits on every machine and in every .NET, which <see cref="Random"/> does
/// not promise.
/// </summary>
internal struct Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts from a seed; any will do.</summary>
    public Xoshiro256(long seed)
    {
        ulong mixer = (ulong)seed;
        _s0 = SplitMix64(ref mixer);
        _s1 = SplitMix64(ref mixer);
        _s2 = SplitMix64(ref mixer);
        _s3 = SplitMix64(ref mixer);
    }

    /// <summary>Starts from a state, which must not be all zeros.</summary>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>The next value of [−1, 1): 24 bits, so that every value is a float.</summary>
    public float NextSymmetric() => ((int)(Next() >> 40) - (1 << 23)) * (1f / (1 << 23));

    /// <summary>One step of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</summary>
    public static ulong SplitMix64(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
