namespace RnnGen.Tests.Numerics;

/// <summary>
/// A vector (or a matrix, row by row) within a <see cref="Computation"/>. Every operation also notes how its result's gradient goes back to its operands.
/// </summary>
internal sealed class Variable(Computation computation, double[] values)
{
    public double[] Values => values;

    /// <summary>What <see cref="Computation.Differentiate"/> finds; before it, the place for the gradient of a result.</summary>
    public double[] Gradient { get; } = new double[values.Length];

    public int Length => values.Length;

    public static Variable operator +(Variable one, Variable other) => Combine(one, other, (a, b) => a + b, (a, b) => (1, 1));

    public static Variable operator -(Variable one, Variable other) => Combine(one, other, (a, b) => a - b, (a, b) => (1, -1));

    /// <summary>Elementwise.</summary>
    public static Variable operator *(Variable one, Variable other) => Combine(one, other, (a, b) => a * b, (a, b) => (b, a));

    public static Variable operator *(double factor, Variable other) => other.Map(a => factor * a, _ => factor);

    /// <summary>The larger of two, element by element.</summary>
    public static Variable Max(Variable one, Variable other)
    {
        for (int i = 0; i < one.Length; i++)
            one.NoteKink(one.Values[i], other.Values[i]);

        return Combine(one, other, Math.Max, (a, b) => a >= b ? (1, 0) : (0, 1));
    }

    /// <summary>Side by side.</summary>
    public static Variable Concat(params IReadOnlyList<Variable> parts) => parts[0].Computation.Add([.. parts.SelectMany(part => part.Values)], gradient =>
    {
        int first = 0;
        foreach (Variable part in parts)
        {
            for (int i = 0; i < part.Length; i++)
                part.Gradient[i] += gradient[first + i];
            first += part.Length;
        }
    });

    /// <summary>Elements <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1.</summary>
    public Variable Part(int first, int count) => Computation.Add(values[first..(first + count)], gradient =>
    {
        for (int i = 0; i < count; i++)
            Gradient[first + i] += gradient[i];
    });

    /// <summary>The sum with another one, where there is one.</summary>
    public Variable PlusIfAny(Variable? other) => other is null ? this : this + other;

    /// <summary>Another one, if any, in the place of this, which gets its gradient all the same.</summary>
    public Variable Replaced(Variable? other) => other is null ? this : Computation.Add([.. other.Values], gradient =>
    {
        for (int i = 0; i < Length; i++)
        {
            Gradient[i] += gradient[i];
            other.Gradient[i] += gradient[i];
        }
    });

    /// <summary>A function of each element.</summary>
    /// <param name="function">The function.</param>
    /// <param name="derivative">Its derivative.</param>
    /// <param name="kinks">Where it has none.</param>
    public Variable Map(Func<double, double> function, Func<double, double> derivative, params double[] kinks)
    {
        foreach (double kink in kinks)
        {
            foreach (double value in values)
                NoteKink(value, kink);
        }

        return Computation.Add(Array.ConvertAll(values, value => function(value)), gradient =>
        {
            for (int i = 0; i < Length; i++)
                Gradient[i] += gradient[i] * derivative(values[i]);
        });
    }

    /// <summary>Each element within ±<paramref name="limit"/>.</summary>
    public Variable Clip(double limit) => Map(value => Math.Clamp(value, -limit, limit), value => Math.Abs(value) < limit ? 1 : 0, limit, -limit);

    /// <summary>This matrix [rows, length of x] times a vector.</summary>
    public Variable Product(Variable x) => Product(0, Length / x.Length, x);

    /// <summary>
    /// Rows <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> − 1 of this matrix [rows, length of x] times a vector.
    /// </summary>
    public Variable Product(int first, int count, Variable x)
    {
        double[] result = new double[count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < x.Length; column++)
                result[row] += values[(first + row) * x.Length + column] * x.Values[column];
        }

        return Computation.Add(result, gradient =>
        {
            for (int row = 0; row < count; row++)
            {
                for (int column = 0; column < x.Length; column++)
                {
                    Gradient[(first + row) * x.Length + column] += gradient[row] * x.Values[column];
                    x.Gradient[column] += gradient[row] * values[(first + row) * x.Length + column];
                }
            }
        });
    }

    /// <summary>A vector times this matrix [length of x, columns].</summary>
    public Variable TransposedProduct(Variable x)
    {
        double[] result = new double[Length / x.Length];
        for (int row = 0; row < x.Length; row++)
        {
            for (int column = 0; column < result.Length; column++)
                result[column] += values[row * result.Length + column] * x.Values[row];
        }

        return Computation.Add(result, gradient =>
        {
            for (int row = 0; row < x.Length; row++)
            {
                for (int column = 0; column < gradient.Length; column++)
                {
                    Gradient[row * gradient.Length + column] += gradient[column] * x.Values[row];
                    x.Gradient[row] += gradient[column] * values[row * gradient.Length + column];
                }
            }
        });
    }

    /// <summary>e^xᵢ / Σⱼ e^xⱼ.</summary>
    public Variable Softmax()
    {
        double sum = values.Sum(Math.Exp);
        double[] result = Array.ConvertAll(values, value => Math.Exp(value) / sum);
        return Computation.Add(result, gradient =>
        {
            double mean = result.Zip(gradient, (probability, slope) => probability * slope).Sum();
            for (int i = 0; i < Length; i++)
                Gradient[i] += result[i] * (gradient[i] - mean);
        });
    }

    /// <summary>(x − mean) / √(variance + ε), the variance being the mean square of x − mean.</summary>
    public Variable Normalize(double epsilon)
    {
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + epsilon);
        double[] result = Array.ConvertAll(values, value => (value - mean) / deviation);
        return Computation.Add(result, gradient =>
        {
            double meanGradient = gradient.Average();
            double meanProduct = gradient.Zip(result, (slope, value) => slope * value).Average();
            for (int i = 0; i < Length; i++)
                Gradient[i] += (gradient[i] - meanGradient - result[i] * meanProduct) / deviation;
        });
    }

    private Computation Computation => computation;

    /// <summary>
    /// Notes how far a value is from one at which a function has no derivative. One that is there exactly comes from below another function's kink (a gate that
    /// is 0), whatever is rounded, and nothing flows back through that.
    /// </summary>
    private void NoteKink(double value, double kink)
    {
        if (value != kink)
            computation.NoteKink(value - kink);
    }

    private static Variable Combine(
        Variable one, Variable other, Func<double, double, double> function, Func<double, double, (double One, double Other)> derivatives)
    {
        if (one.Length != other.Length)
            throw new InvalidOperationException($"expected two variables of one length, got {one.Length} and {other.Length} values");
        return one.Computation.Add([.. one.Values.Zip(other.Values, function)], gradient =>
        {
            for (int i = 0; i < gradient.Length; i++)
            {
                (double byOne, double byOther) = derivatives(one.Values[i], other.Values[i]);
                one.Gradient[i] += gradient[i] * byOne;
                other.Gradient[i] += gradient[i] * byOther;
            }
        });
    }
}
