using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RnnGen.Runtime;

namespace RnnGen.Tests.Simd;

/// <summary>One function of <see cref="VectorMath"/> at each width, callable on a whole array.</summary>
internal sealed record VectorFunction(
    Func<Vector128<float>, Vector128<float>> Of128,
    Func<Vector256<float>, Vector256<float>> Of256,
    Func<Vector512<float>, Vector512<float>> Of512)
{
    /// <summary>The bounds of Clamp and Inside.</summary>
    public const float Low = -0.75f;

    /// <inheritdoc cref="Low"/>
    public const float High = 1.5f;

    public static readonly IReadOnlyDictionary<string, VectorFunction> All = new Dictionary<string, VectorFunction>
    {
        ["Exp"] = new(VectorMath.Exp, VectorMath.Exp, VectorMath.Exp),
        ["Tanh"] = new(VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh),
        ["Sigmoid"] = new(VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid),
        ["GateTanh"] = new(VectorMath.GateTanh, VectorMath.GateTanh, VectorMath.GateTanh),
        ["FastTanh"] = new(VectorMath.FastTanh, VectorMath.FastTanh, VectorMath.FastTanh),
        ["FastSigmoid"] = new(VectorMath.FastSigmoid, VectorMath.FastSigmoid, VectorMath.FastSigmoid),
        ["GateSigmoid"] = new(VectorMath.GateSigmoid, VectorMath.GateSigmoid, VectorMath.GateSigmoid),
        ["Relu"] = new(VectorMath.Relu, VectorMath.Relu, VectorMath.Relu),
        ["Positive"] = new(VectorMath.Positive, VectorMath.Positive, VectorMath.Positive),
        ["Softplus"] = new(VectorMath.Softplus, VectorMath.Softplus, VectorMath.Softplus),
        ["Softsign"] = new(VectorMath.Softsign, VectorMath.Softsign, VectorMath.Softsign),
        ["SoftsignSlope"] = new(VectorMath.SoftsignSlope, VectorMath.SoftsignSlope, VectorMath.SoftsignSlope),
        ["Erf"] = new(VectorMath.Erf, VectorMath.Erf, VectorMath.Erf),
        ["EluTail"] = new(VectorMath.EluTail, VectorMath.EluTail, VectorMath.EluTail),
        ["MinZero"] = new(VectorMath.MinZero, VectorMath.MinZero, VectorMath.MinZero),
        ["Clamp"] = new(x => VectorMath.Clamp(x, Low, High), x => VectorMath.Clamp(x, Low, High), x => VectorMath.Clamp(x, Low, High)),
        ["Inside"] = new(x => VectorMath.Inside(x, Low, High), x => VectorMath.Inside(x, Low, High), x => VectorMath.Inside(x, Low, High)),
        ["Log"] = new(VectorMath.Log, VectorMath.Log, VectorMath.Log),
        ["Sqrt"] = new(VectorMath.Sqrt, VectorMath.Sqrt, VectorMath.Sqrt),
        ["Abs"] = new(VectorMath.Abs, VectorMath.Abs, VectorMath.Abs),
        ["Sin"] = new(VectorMath.Sin, VectorMath.Sin, VectorMath.Sin),
        ["Cos"] = new(VectorMath.Cos, VectorMath.Cos, VectorMath.Cos),
        ["LogSigmoid"] = new(VectorMath.LogSigmoid, VectorMath.LogSigmoid, VectorMath.LogSigmoid),
        ["InverseSqrt"] = new(VectorMath.InverseSqrt, VectorMath.InverseSqrt, VectorMath.InverseSqrt),
    };

    /// <summary>The widths that are one register here; 128 always, as it is the portable path.</summary>
    public static readonly int[] Widths =
    [
        128,
        .. Vector256.IsHardwareAccelerated ? new[] { 256 } : [],
        .. Vector512.IsHardwareAccelerated ? new[] { 512 } : [],
    ];

    /// <summary>The function of every element, by vectors of <paramref name="width"/> bits; the count must be a multiple of 16.</summary>
    public float[] Apply(int width, float[] inputs)
    {
        var results = new float[inputs.Length];
        switch (width)
        {
            case 128: Map(inputs, results, Of128); break;
            case 256: Map(inputs, results, Of256); break;
            case 512: Map(inputs, results, Of512); break;
            default: throw new ArgumentOutOfRangeException(nameof(width), width, "128, 256 or 512");
        }
        return results;
    }

    private static void Map<TVector>(float[] inputs, float[] results, Func<TVector, TVector> function)
        where TVector : struct
    {
        ReadOnlySpan<TVector> from = MemoryMarshal.Cast<float, TVector>(inputs);
        Span<TVector> to = MemoryMarshal.Cast<float, TVector>(results.AsSpan());
        Assert.Equal(inputs.Length * sizeof(float), MemoryMarshal.AsBytes(from).Length); // nothing is left over
        for (int i = 0; i < from.Length; i++)
            to[i] = function(from[i]);
    }
}
