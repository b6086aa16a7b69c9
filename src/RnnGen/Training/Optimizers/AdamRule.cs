using System.Numerics;
using System.Runtime.CompilerServices;
using Lanes = System.Numerics.Vector;

namespace RnnGen.Training;

/// <summary>The formula of <see cref="Adam"/> and <see cref="AdamW"/>, which differ in where weight decay enters.</summary>
internal readonly struct AdamRule : IUpdateRule
{
    private readonly float _keepMean;
    private readonly float _addMean;
    private readonly float _keepSquare;
    private readonly float _addSquare;
    private readonly float _step;
    private readonly float _rootFactor;
    private readonly float _epsilon;
    private readonly float _penalty;
    private readonly float _keepWeight;

    private AdamRule(double rate, double beta1, double beta2, double correction1, double correction2, double epsilon, double penalty, double decay)
    {
        _keepMean = (float)beta1;
        _addMean = (float)(1 - beta1);
        _keepSquare = (float)beta2;
        _addSquare = (float)(1 - beta2);
        _step = (float)(rate / correction1);
        _rootFactor = (float)(1 / Math.Sqrt(correction2));
        _epsilon = (float)epsilon;
        _penalty = (float)penalty;
        _keepWeight = (float)(1 - rate * decay);
    }

    public static int Slots => 2;

    /// <summary>The formula of one update.</summary>
    /// <param name="update">Its number, from 1.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="beta1">β₁.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="penalty">Weight decay by way of the gradient.</param>
    /// <param name="decay">Decoupled weight decay.</param>
    public static AdamRule Create(long update, double rate, double beta1, double beta2, double epsilon, double penalty, double decay) =>
        new(rate, beta1, beta2, 1 - Power(beta1, update), 1 - Power(beta2, update), epsilon, penalty, decay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Update(Vector<float> weight, Vector<float> gradient, ref Vector<float> mean, ref Vector<float> square)
    {
        gradient += _penalty * weight;
        mean = _keepMean * mean + _addMean * gradient;
        square = _keepSquare * square + _addSquare * gradient * gradient;
        return _keepWeight * weight - _step * mean / (Lanes.SquareRoot(square) * _rootFactor + new Vector<float>(_epsilon));
    }

    /// <summary><c>x^n</c> by squaring: unlike <see cref="Math.Pow"/>, the same bits on every system.</summary>
    private static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            if ((n & 1) != 0)
                power *= x;
        }

        return power;
    }
}
