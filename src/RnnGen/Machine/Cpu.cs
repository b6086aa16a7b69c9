using System.Runtime.Intrinsics.X86;

namespace RnnGen;

/// <summary>
/// What CPUID tells of an x86 CPU and of its operating system, as far as kernels depend on it. The properties are pure functions of it, and ask for what the
/// JIT and the start of a NativeAOT image ask for: whole levels of x86-64, not single instructions.
/// </summary>
internal readonly record struct Cpu
{
    private const int SystemSavesStates = 1 << 27;
    private const int Avx = 1 << 28;

    // SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT
    private const int Level2 = 1 << 0 | 1 << 9 | 1 << 13 | 1 << 19 | 1 << 20 | 1 << 23;

    // FMA, MOVBE, F16C of leaf 1; BMI1, AVX2, BMI2 of leaf 7; LZCNT of the first extended leaf
    private const int Level3 = SystemSavesStates | Avx | 1 << 12 | 1 << 22 | 1 << 29;
    private const int Level3Of7 = 1 << 3 | 1 << 5 | 1 << 8;
    private const int Level3OfExtended = 1 << 5;

    // F, DQ, CD, BW, VL
    private const int Level4Of7 = 1 << 16 | 1 << 17 | 1 << 28 | 1 << 30 | 1 << 31;

    private const int FamilyAndModel = 0x000F_0FF0;
    private const int SkylakeServer = 0x0005_0650;
    private const int CannonLake = 0x0006_0660;

    /// <summary>Whether leaf 0 says GenuineIntel.</summary>
    public bool IsIntel { get; init; }

    /// <summary>Leaf 1, EAX: family, model and stepping.</summary>
    public int Signature { get; init; }

    /// <summary>Leaf 1, ECX.</summary>
    public int Features { get; init; }

    /// <summary>Leaf 7, EBX.</summary>
    public int Features7 { get; init; }

    /// <summary>Leaf 0x80000001, ECX.</summary>
    public int FeaturesExtended { get; init; }

    /// <summary>Leaf 0xD, EBX: the bytes of the registers that the operating system has turned on.</summary>
    public int SavedBytes { get; init; }

    /// <summary>Leaf 0xD, 2: where the upper halves of 256-bit registers end among those bytes.</summary>
    public int EndOf256 { get; init; }

    /// <summary>Leaf 0xD, 7: where the last of the 512-bit registers end.</summary>
    public int EndOf512 { get; init; }

    /// <summary>x86-64-v2: SSE4.2 and POPCNT.</summary>
    public bool HasLevel2 => Has(Features, Level2);

    /// <summary>x86-64-v3: AVX2, FMA, F16C, BMI1, BMI2, LZCNT and MOVBE.</summary>
    public bool HasLevel3 =>
        HasLevel2 && Has(Features, Level3) && Has(Features7, Level3Of7) && Has(FeaturesExtended, Level3OfExtended) && IsSaved(EndOf256);

    /// <summary>x86-64-v4: AVX-512 F, BW, CD, DQ and VL.</summary>
    public bool HasLevel4 => HasLevel3 && Has(Features7, Level4Of7) && IsSaved(EndOf512);

    /// <summary>
    /// Whether the JIT leaves 512-bit vectors out because the CPU lowers its clock for them: Intel's Skylake server, Cascade Lake, Cooper Lake and Cannon Lake.
    /// </summary>
    public bool SlowsFor512 => IsIntel && (Signature & FamilyAndModel) is SkylakeServer or CannonLake;

    /// <summary>The kernels that serve it best.</summary>
    public InstructionSet Best => HasLevel4 && !SlowsFor512 ? InstructionSet.Avx512 : HasLevel3 ? InstructionSet.Avx2 : InstructionSet.Portable;

    /// <summary>Asks the CPU that this runs on. All zeros if it is not an x86.</summary>
    public static Cpu Read()
    {
        if (!X86Base.IsSupported)
            return default;

        (int last, int vendorB, int vendorC, int vendorD) = X86Base.CpuId(0, 0);
        (int lastExtended, _, _, _) = X86Base.CpuId(unchecked((int)0x8000_0000), 0);
        (int signature, _, int features, _) = X86Base.CpuId(1, 0);

        // What the operating system has turned on is in XCR0, which no intrinsic reads; the bytes that saving it takes are in leaf 0xD. So 512-bit registers
        // count as on where the bytes reach to their end: wrong only on a system that has them off and something after them (protection keys) on.
        // macOS turns them on at a thread's first use, which .NET does not ask for.
        bool tellsSizes = last >= 0xD && Has(features, SystemSavesStates);
        (int size256, int start256, _, _) = tellsSizes ? X86Base.CpuId(0xD, 2) : default;
        (int size512, int start512, _, _) = tellsSizes && !OperatingSystem.IsMacOS() ? X86Base.CpuId(0xD, 7) : default;
        return new Cpu
        {
            IsIntel = (vendorB, vendorD, vendorC) == (0x756E6547, 0x49656E69, 0x6C65746E), // "Genu", "ineI", "ntel"
            Signature = signature,
            Features = features,
            Features7 = last >= 7 ? X86Base.CpuId(7, 0).Ebx : 0,
            FeaturesExtended = unchecked((uint)lastExtended) > 0x8000_0000 ? X86Base.CpuId(unchecked((int)0x8000_0001), 0).Ecx : 0,
            SavedBytes = tellsSizes ? X86Base.CpuId(0xD, 0).Ebx : 0,
            EndOf256 = start256 + size256,
            EndOf512 = start512 + size512,
        };
    }

    private static bool Has(int features, int wanted) => (features & wanted) == wanted;

    private bool IsSaved(int end) => end > 0 && SavedBytes >= end;
}
