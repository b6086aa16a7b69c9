using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>
/// The operations that <see cref="VectorMath"/> and <see cref="RowTiles{TSimd, TVector}"/> are written in, for one vector width. .NET's own ISimdVector is
/// internal, hence this one. Every member is one or two instructions on AVX2, AVX-512 and NEON. A float operand stands for a vector with that value in all lanes.
/// </summary>
/// <remarks>
/// Constants are float parameters on purpose: the JIT gives each vector argument of an inlined call a local variable and stops inlining in a method that
/// has 512 of them, so a Create(constant) passed as an argument would halve the number of functions that fit into one kernel (about 30 instead of 56 and more).
/// </remarks>
/// <typeparam name="TVector">The vector of floats.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The vector that begins with a float.</summary>
    static abstract TVector Load(ref float first);

    /// <summary>Writes a vector to the floats from one on.</summary>
    static abstract void Store(TVector vector, ref float first);

    /// <summary>The value in all lanes.</summary>
    static abstract TVector Create(float value);

    /// <summary>A value that vectors are to be multiplied with by <see cref="MultiplyAddFactor"/>: see <see cref="VectorMath.Factor"/>.</summary>
    static abstract TVector Factor(float value);

    /// <summary>factor * vector + addend, rounded as <see cref="MultiplyAdd(TVector, TVector, TVector)"/> is.</summary>
    static abstract TVector MultiplyAddFactor(TVector factor, TVector vector, TVector addend);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, float right);

    /// <summary>left - right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left - right.</summary>
    static abstract TVector Subtract(TVector left, float right);

    /// <summary>left * right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left * right.</summary>
    static abstract TVector Multiply(TVector left, float right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(float left, TVector right);

    /// <summary>The square root, correctly rounded; NaN below 0.</summary>
    static abstract TVector SquareRoot(TVector value);

    /// <summary>left * right + addend, rounded once where there is FMA hardware and twice elsewhere.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <inheritdoc cref="MultiplyAdd(TVector, TVector, TVector)"/>
    static abstract TVector MultiplyAdd(TVector left, float right, TVector addend);

    /// <inheritdoc cref="MultiplyAdd(TVector, TVector, TVector)"/>
    static abstract TVector MultiplyAdd(TVector left, float right, float addend);

    /// <inheritdoc cref="MultiplyAdd(TVector, TVector, TVector)"/>
    static abstract TVector MultiplyAdd(TVector left, TVector right, float addend);

    /// <summary>left * right + addend, rounded once on every CPU, at whatever cost where there is no FMA hardware.</summary>
    static abstract TVector MultiplyAddOnce(TVector left, float right, TVector addend);

    /// <summary>The smaller of the two; <paramref name="x"/> where x is NaN.</summary>
    static abstract TVector Min(TVector x, TVector bound);

    /// <inheritdoc cref="Min(TVector, TVector)"/>
    static abstract TVector Min(TVector x, float bound);

    /// <summary>The larger of the two; <paramref name="x"/> where x is NaN.</summary>
    static abstract TVector Max(TVector x, TVector bound);

    /// <inheritdoc cref="Max(TVector, TVector)"/>
    static abstract TVector Max(TVector x, float bound);

    /// <summary>1 where left > right, 0 elsewhere and where either is NaN.</summary>
    static abstract TVector IsGreater(TVector left, float right);

    /// <summary>A mask: all bits where left &lt; right, none elsewhere and where either is NaN.</summary>
    static abstract TVector IsLess(TVector left, float right);

    /// <summary>One value where a mask's bits are set, another elsewhere.</summary>
    static abstract TVector Choose(TVector mask, TVector set, TVector clear);

    /// <inheritdoc cref="Choose(TVector, TVector, TVector)"/>
    static abstract TVector Choose(TVector mask, float set, TVector clear);

    /// <summary>The bits in both.</summary>
    static abstract TVector And(TVector left, float right);

    /// <summary>The bits in either.</summary>
    static abstract TVector Or(TVector left, TVector right);

    /// <summary>The bits in exactly one of the two.</summary>
    static abstract TVector Xor(TVector left, TVector right);

    /// <summary>The difference of the lanes' bits, taken as integers.</summary>
    static abstract TVector SubtractBits(TVector left, TVector right);

    /// <inheritdoc cref="SubtractBits(TVector, TVector)"/>
    static abstract TVector SubtractBits(TVector left, float right);

    /// <summary>The lanes' bits, taken as integers, as floats.</summary>
    static abstract TVector ConvertBits(TVector value);

    /// <summary>The lanes' bits, taken as integers, shifted left.</summary>
    static abstract TVector ShiftBitsLeft(TVector value, int count);

    /// <summary>The lanes' bits, taken as unsigned integers, shifted right.</summary>
    static abstract TVector ShiftBitsRight(TVector value, int count);
}
