using RnnGen.Generator.Ir.Programs;

namespace RnnGen.Generator.Targets;

/// <summary>
/// An instruction set that kernels are generated for. A new one is a row here and, if its vectors are of a new width, a <see cref="VectorType"/>; the runtime's
/// <c>Simd</c> class says whether it is there.
/// </summary>
/// <param name="Name">Names the class that holds its kernels.</param>
/// <param name="Guard">The runtime's constant that says whether it is there; null for the last resort.</param>
/// <param name="Lanes">Floats in its widest vector.</param>
/// <param name="Registers">Vector registers.</param>
/// <param name="Fuses">Whether each CPU that it runs on has fused multiply-adds.</param>
internal sealed record Target(string Name, string? Guard, int Lanes, int Registers, bool Fuses)
{
    /// <summary>All targets, the best first.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new("Avx512", "HasAvx512", Lanes: 16, Registers: 32, Fuses: true),
        new("Avx2", "HasAvx2", Lanes: 8, Registers: 16, Fuses: true),
        new("Portable", null, Lanes: 4, Registers: 16, Fuses: false),
    ];

    /// <summary>Whether its results must have the bits of every other target's.</summary>
    public bool Deterministic { get; init; }

    /// <summary>How its kernels compute.</summary>
    public Arithmetic Arithmetic => Fuses ? Arithmetic.Fusing : Deterministic ? Arithmetic.Deterministic : Arithmetic.Portable;
}

/// <summary>The .NET vector type of a width.</summary>
internal static class VectorType
{
    public static string Of(int lanes) => lanes switch
    {
        16 => "Vector512",
        8 => "Vector256",
        _ => "Vector128",
    };

    /// <summary>The lanes of a vector, by the constant that generated code has for them.</summary>
    public static Size Lanes(int lanes) => new(lanes, Of(lanes).Replace("Vector", "Lanes"));

    /// <summary>All widths that a target has vectors of.</summary>
    public static IEnumerable<int> Widths(Target target) => new[] { 4, 8, 16 }.Where(lanes => lanes <= target.Lanes);

    /// <summary>A vector of floats.</summary>
    public static string Floats(int lanes) => Of(lanes) + "<float>";
}
