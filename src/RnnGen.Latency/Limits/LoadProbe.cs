using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Latency;

/// <summary>Reads an aligned buffer from front to back, several vectors at a time, as a matrix product reads its weights.</summary>
internal sealed unsafe class LoadProbe
{
    /// <summary>Fewer would measure the loop around the loads.</summary>
    public const int SmallestBytes = 4 << 10;

    private readonly float[] _array;
    private readonly int _floats;
    private readonly int _repeats;
    private float _sink;

    public LoadProbe(int bytes)
    {
        _floats = bytes / sizeof(float) / 128 * 128;
        _repeats = Math.Max(1, (1 << 20) / bytes);
        _array = GC.AllocateArray<float>(_floats + 16, pinned: true);
        Array.Fill(_array, 1e-9f); // Touched pages only: untouched ones all share one page of zeros.
    }

    public double BytesPerPass => (double)_floats * sizeof(float) * _repeats;

    public void Pass()
    {
        float* first = (float*)(((nint)Unsafe.AsPointer(ref _array[0]) + 63) & ~63);
        _sink += Simd.HasAvx512 ? Pass512(first) : Simd.HasAvx2 ? Pass256(first) : Pass128(first);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Pass512(float* first)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int repeat = 0; repeat < _repeats; repeat++)
            for (float* p = first, end = first + _floats; p < end; p += 128)
            {
                a += Vector512.Load(p);
                b += Vector512.Load(p + 16);
                c += Vector512.Load(p + 32);
                d += Vector512.Load(p + 48);
                e += Vector512.Load(p + 64);
                f += Vector512.Load(p + 80);
                g += Vector512.Load(p + 96);
                h += Vector512.Load(p + 112);
            }

        return Vector512.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Pass256(float* first)
    {
        Vector256<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int repeat = 0; repeat < _repeats; repeat++)
            for (float* p = first, end = first + _floats; p < end; p += 64)
            {
                a += Vector256.Load(p);
                b += Vector256.Load(p + 8);
                c += Vector256.Load(p + 16);
                d += Vector256.Load(p + 24);
                e += Vector256.Load(p + 32);
                f += Vector256.Load(p + 40);
                g += Vector256.Load(p + 48);
                h += Vector256.Load(p + 56);
            }

        return Vector256.Sum(a + b + c + d + e + f + g + h);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Pass128(float* first)
    {
        Vector128<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        for (int repeat = 0; repeat < _repeats; repeat++)
            for (float* p = first, end = first + _floats; p < end; p += 32)
            {
                a += Vector128.Load(p);
                b += Vector128.Load(p + 4);
                c += Vector128.Load(p + 8);
                d += Vector128.Load(p + 12);
                e += Vector128.Load(p + 16);
                f += Vector128.Load(p + 20);
                g += Vector128.Load(p + 24);
                h += Vector128.Load(p + 28);
            }

        return Vector128.Sum(a + b + c + d + e + f + g + h);
    }
}
