namespace RnnGen.Tests.Simd;

/// <summary>What CPUID says on some CPUs, as far as kernels depend on it.</summary>
internal static class Cpus
{
    private const int Saved256 = 832;
    private const int Saved512 = 2688;

    /// <summary>No AVX: x86-64-v2.</summary>
    public static Cpu Nehalem => new() { IsIntel = true, Signature = 0x106A3, Features = 0x0098_2201 };

    /// <summary>AVX2: x86-64-v3.</summary>
    public static Cpu Haswell => new()
    {
        IsIntel = true,
        Signature = 0x306C1,
        Features = unchecked((int)0x7FFA_3203),
        Features7 = 0x0000_07A9,
        FeaturesExtended = 0x21,
        SavedBytes = Saved256,
        EndOf256 = Saved256,
    };

    /// <summary>AVX-512, at a clock that it lowers for 512-bit vectors.</summary>
    public static Cpu SkylakeServer => IceLakeServer with { Signature = 0x50654 };

    /// <summary>AVX-512.</summary>
    public static Cpu IceLakeServer => Haswell with
    {
        Signature = 0x606A6,
        Features7 = Haswell.Features7 | unchecked((int)0xD003_0000),
        SavedBytes = Saved512 + 8,
        EndOf512 = Saved512,
    };

    /// <summary>AVX-512, its registers saved closer together than Intel's.</summary>
    public static Cpu Zen4 => IceLakeServer with { IsIntel = false, Signature = 0xA10F11, SavedBytes = 2440, EndOf512 = 2432 };
}
