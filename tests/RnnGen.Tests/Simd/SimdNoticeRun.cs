using RnnGen.Tests.ReadMe;

namespace RnnGen.Tests.Simd;

/// <summary>What <see cref="SimdNoticeTests"/> runs in a process of its own: two networks, and which kernels run.</summary>
internal static class SimdNoticeRun
{
    /// <summary>What <see cref="Program"/> is started with.</summary>
    public const string Argument = "--simd-notice";

    public static int Run()
    {
        using var first = new DigitRecognizer(seed: 1);
        using var second = new DigitRecognizer(seed: 1);
        Console.WriteLine($"{RnnGen.Simd.Active} {RnnGen.Simd.Best}");
        return 0;
    }
}
